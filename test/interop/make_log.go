// make_log makes a log of entries with golang.org/x/mod/sumdb, one of which is a digest, and writes the proof of that
// one as a .tlog-proof with its checkpoint. Usage: make_log ORIGIN SIZE INDEX DIGEST PROOF VKEY
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"strconv"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type hashes []tlog.Hash

func (h hashes) ReadHashes(list []int64) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, i := range list {
		out = append(out, h[i])
	}
	return out, nil
}

func main() {
	size, err := strconv.ParseInt(os.Args[2], 10, 64)
	must(err)
	index, err := strconv.ParseInt(os.Args[3], 10, 64)
	must(err)
	skey, vkey, err := note.GenerateKey(nil, os.Args[1])
	must(err)
	signer, err := note.NewSigner(skey)
	must(err)
	var h hashes
	for i := int64(0); i < size; i++ {
		entry := []byte(fmt.Sprintf("entry %d", i))
		if i == index {
			entry = []byte(os.Args[4])
		}
		more, err := tlog.StoredHashes(i, entry, h)
		must(err)
		h = append(h, more...)
	}
	root, err := tlog.TreeHash(size, h)
	must(err)
	proof, err := tlog.ProveRecord(size, index, h)
	must(err)
	text := fmt.Sprintf("%s\n%d\n%s\n", os.Args[1], size, base64.StdEncoding.EncodeToString(root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	must(err)
	out := fmt.Sprintf("c2sp.org/tlog-proof@v1\nindex %d\n", index)
	for _, p := range proof {
		out += base64.StdEncoding.EncodeToString(p[:]) + "\n"
	}
	must(os.WriteFile(os.Args[5], []byte(out+"\n"+string(signed)), 0o644))
	must(os.WriteFile(os.Args[6], []byte(vkey+"\n"), 0o644))
}
