package present

// The fields of an integration, by the names that the tracker's errors use.
const (
	FieldProject  = "project"
	FieldName     = "name"
	FieldURL      = "url"
	FieldBase     = "base-url"
	FieldUser     = "user"
	FieldEmail    = "email"
	FieldAuth     = "auth"
	FieldClientID = "client-id"
	FieldPassword = "password"
	FieldView     = "view"
	FieldActive   = "active"
	FieldComments = "update-comments"
	FieldState    = "update-state"
	FieldConsent  = "store-secret-in-db"
)
