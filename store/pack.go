package store

import (
	"encoding/binary"
	"errors"
	"math"
	"time"
)

// packer writes values one after the other, or reads them in the same order.
// One function that names the fields of a thing serves both ways, so writing
// and reading cannot drift apart. Texts that are read share one copy of the
// whole.
type packer struct {
	reading bool
	bytes   []byte
	whole   string // of bytes, when reading
	at      int
	broken  bool
}

var errPacked = errors.New("packed item is damaged")

func newReader(bytes []byte) *packer {
	return &packer{reading: true, bytes: bytes, whole: string(bytes)}
}

// number packs an integer, small ones into one byte.
func number[T ~int | ~int64 | ~uint64](p *packer, n *T) {
	if !p.reading {
		p.bytes = binary.AppendVarint(p.bytes, int64(*n))
		return
	}
	value, size := binary.Varint(p.bytes[p.at:])
	if size <= 0 {
		p.fail()
		return
	}
	p.at += size
	*n = T(value)
}

// text packs a text with its length.
func text[T ~string](p *packer, s *T) {
	length := len(*s)
	number(p, &length)
	switch {
	case !p.reading:
		p.bytes = append(p.bytes, *s...)
	case length < 0 || length > len(p.bytes)-p.at:
		p.fail()
	default:
		*s = T(p.whole[p.at : p.at+length])
		p.at += length
	}
}

func flag(p *packer, b *bool) {
	n := 0
	if *b {
		n = 1
	}
	number(p, &n)
	*b = n == 1
}

func float(p *packer, f *float64) {
	switch {
	case !p.reading:
		p.bytes = binary.LittleEndian.AppendUint64(p.bytes, math.Float64bits(*f))
	case len(p.bytes)-p.at < 8:
		p.fail()
	default:
		*f = math.Float64frombits(binary.LittleEndian.Uint64(p.bytes[p.at:]))
		p.at += 8
	}
}

// moment packs a time to the microsecond, in UTC.
func moment(p *packer, t *time.Time) {
	n := micros(*t)
	number(p, &n)
	*t = fromMicros(n)
}

func list[T any](p *packer, values *[]T, each func(*packer, *T)) {
	length := len(*values)
	number(p, &length)
	if p.reading {
		if length < 0 || length > len(p.bytes)-p.at {
			p.fail()
			return
		}
		*values = nil
		if length > 0 {
			*values = make([]T, length)
		}
	}
	for i := range *values {
		each(p, &(*values)[i])
	}
}

func optional[T any](p *packer, value **T, each func(*packer, *T)) {
	there := *value != nil
	flag(p, &there)
	if p.reading {
		*value = nil
		if there {
			*value = new(T)
		}
	}
	if there {
		each(p, *value)
	}
}

// fail ends reading: what comes after is empty.
func (p *packer) fail() {
	p.broken = true
	p.at = len(p.bytes)
}
