// log reads a log that routemark keeps, and a proof of it, with golang.org/x/mod/sumdb: the checkpoint through note,
// tiles, entries, inclusion and consistency through tlog. Usage: log DIR VKEY PROOF OLD-CHECKPOINT
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error, what string) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", what, err)
		os.Exit(1)
	}
}

type tiles struct{ dir string }

func (t tiles) Height() int                              { return 8 }
func (t tiles) SaveTiles(tiles []tlog.Tile, data [][]byte) {}
func (t tiles) ReadTiles(list []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range list {
		// theirs is tile/HEIGHT/LEVEL/..., C2SP's has no height
		b, err := os.ReadFile(filepath.Join(t.dir, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

// tree is the signed tree of a checkpoint, which has a line for the origin where theirs has a fixed text.
func tree(bytes []byte, verifier note.Verifier) tlog.Tree {
	n, err := note.Open(bytes, note.VerifierList(verifier))
	must(err, "checkpoint")
	line := strings.SplitN(n.Text, "\n", 2)
	if line[0] != verifier.Name() {
		must(fmt.Errorf("%q is not %q", line[0], verifier.Name()), "origin")
	}
	t, err := tlog.ParseTree([]byte("go.sum database tree\n" + line[1]))
	must(err, "tree")
	return t
}

func entries(dir string, size int64) [][]byte {
	var out [][]byte
	for i := int64(0); i*256 < size; i++ {
		w := size - i*256
		name := fmt.Sprintf("%s/tile/entries/%03d", dir, i)
		if w < 256 {
			name += fmt.Sprintf(".p/%d", w)
		}
		b, err := os.ReadFile(name)
		must(err, "entries")
		for len(b) > 0 {
			n := int(binary.BigEndian.Uint16(b))
			out = append(out, b[2:2+n])
			b = b[2+n:]
		}
	}
	return out
}

func proof(name string, verifier note.Verifier, entry func(int64) []byte) {
	b, err := os.ReadFile(name)
	must(err, "proof")
	parts := strings.SplitN(string(b), "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	if strings.HasPrefix(lines[1], "extra ") { // the entry, which is asked for from the log here
		lines = lines[1:]
	}
	var index int64
	_, err = fmt.Sscanf(lines[1], "index %d", &index)
	must(err, "proof's index")
	var p tlog.RecordProof
	for _, l := range lines[2:] {
		h, err := base64.StdEncoding.DecodeString(l)
		must(err, "proof's hash")
		var hash tlog.Hash
		copy(hash[:], h)
		p = append(p, hash)
	}
	t := tree([]byte(parts[1]), verifier)
	must(tlog.CheckRecord(p, t.N, t.Hash, index, tlog.RecordHash(entry(index))), "proof")
}

func main() {
	dir := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	must(err, "key")
	b, err := os.ReadFile(dir + "/checkpoint")
	must(err, "checkpoint")
	t := tree(b, verifier)
	reader := tlog.TileHashReader(t, tiles{dir})
	all := entries(dir, t.N)
	for i, e := range all {
		hash := tlog.RecordHash(e)
		p, err := tlog.ProveRecord(t.N, int64(i), reader)
		must(err, "their proof")
		must(tlog.CheckRecord(p, t.N, t.Hash, int64(i), hash), "entry")
	}
	b, err = os.ReadFile(os.Args[4])
	must(err, "old checkpoint")
	old := tree(b, verifier)
	p, err := tlog.ProveTree(t.N, old.N, reader)
	must(err, "their consistency")
	must(tlog.CheckTree(p, t.N, t.Hash, old.N, old.Hash), "consistency")
	proof(os.Args[3], verifier, func(i int64) []byte { return all[i] })
	fmt.Printf("%d entries of %s\n", t.N, verifier.Name())
}
