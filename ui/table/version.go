package table

// fnvPrime is the multiplier of FNV-1a for 64 bits.
const fnvPrime = 1099511628211

// Mix folds texts into a version (FNV-1a).
func Mix(version uint64, texts ...string) uint64 {
	h := version ^ 14695981039346656037
	for _, s := range texts {
		for i := range len(s) {
			h = MixNumber(h, uint64(s[i]))
		}
		h = MixNumber(h, 0xFF)
	}
	return h
}

// MixNumber folds a number into a version.
func MixNumber(version, n uint64) uint64 { return (version ^ n) * fnvPrime }
