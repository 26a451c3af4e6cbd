// Package config holds the commands on the user's config file.
package config
