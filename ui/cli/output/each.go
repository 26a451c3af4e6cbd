package output

// Reread reads objects as they are after a change, and prints them.
func Reread[ID, T any](to Printer, how Presenter[T], ids []ID, read func(ID) (T, error)) error {
	list, err := ReadAll(ids, read)
	if err != nil {
		return err
	}
	return Each(to, how, list)
}

// Each prints objects after a change: the only one as itself.
func Each[T any](to Printer, how Presenter[T], list []T) error {
	if len(list) == 1 {
		return Object(to, how, list[0])
	}
	return Objects(to, how, list)
}

// ReadAll reads an object for each of some ids.
func ReadAll[ID, T any](ids []ID, read func(ID) (T, error)) ([]T, error) {
	list := make([]T, len(ids))
	for i, id := range ids {
		var err error
		if list[i], err = read(id); err != nil {
			return nil, err
		}
	}
	return list, nil
}
