// witness is the other side of routemark's, with golang.org/x/mod/sumdb and crypto/ed25519:
//
//	witness ask URL LOG-DIR LOG-VKEY WITNESS-VKEY OLD   sends LOG-DIR's checkpoint with the proof from OLD, verifies the answer
//	witness serve NAME LOG-VKEY                         a witness in memory: prints its address and verifier key
//	witness open CHECKPOINT LOG-VKEY WITNESS-VKEY       the log and the witness have signed it
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error, what string) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", what, err)
		os.Exit(1)
	}
}

// cosigner verifies cosignature/v1 (c2sp.org/tlog-cosignature).
type cosigner struct {
	name string
	id   uint32
	key  ed25519.PublicKey
	time uint64
}

func message(text []byte, t uint64) []byte {
	return append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", t)), text...)
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.id }
func (c *cosigner) Verify(text, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	c.time = binary.BigEndian.Uint64(sig)
	return ed25519.Verify(c.key, message(text, c.time), sig[8:])
}

func keyID(name string, key []byte) uint32 {
	h := sha256.Sum256(append([]byte(name+"\n"), key...))
	return binary.BigEndian.Uint32(h[:])
}

func newCosigner(vkey string) *cosigner {
	part := strings.SplitN(vkey, "+", 3)
	key, err := base64.StdEncoding.DecodeString(part[2])
	must(err, "witness key")
	if len(key) != 33 || key[0] != 4 || fmt.Sprintf("%08x", keyID(part[0], key)) != part[1] {
		must(errors.New("is not a witness's"), "witness key")
	}
	return &cosigner{name: part[0], id: keyID(part[0], key), key: key[1:]}
}

func tree(text, origin string) tlog.Tree {
	line := strings.SplitN(text, "\n", 2)
	if line[0] != origin {
		must(fmt.Errorf("%q is not %q", line[0], origin), "origin")
	}
	t, err := tlog.ParseTree([]byte("go.sum database tree\n" + line[1]))
	must(err, "tree")
	return t
}

type tiles struct{ dir string }

func (t tiles) Height() int                      { return 8 }
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tiles) ReadTiles(list []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range list {
		b, err := os.ReadFile(filepath.Join(t.dir, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

func ask(url, dir, logKey, witnessKey, oldText string) {
	verifier, err := note.NewVerifier(logKey)
	must(err, "log key")
	b, err := os.ReadFile(dir + "/checkpoint")
	must(err, "checkpoint")
	n, err := note.Open(b, note.VerifierList(verifier))
	must(err, "checkpoint")
	t := tree(n.Text, verifier.Name())
	old, err := strconv.ParseInt(oldText, 10, 64)
	must(err, "old")
	body := fmt.Sprintf("old %d\n", old)
	if old > 0 && old <= t.N {
		p, err := tlog.ProveTree(t.N, old, tlog.TileHashReader(t, tiles{dir}))
		must(err, "proof")
		for _, h := range p {
			body += base64.StdEncoding.EncodeToString(h[:]) + "\n"
		}
	}
	r, err := http.Post(url+"add-checkpoint", "text/plain", strings.NewReader(body+"\n"+string(b)))
	must(err, "post")
	answer, err := io.ReadAll(r.Body)
	must(err, "answer")
	if r.StatusCode != 200 {
		fmt.Printf("%d %s %s", r.StatusCode, r.Header.Get("Content-Type"), answer)
		return
	}
	w := newCosigner(witnessKey)
	both, err := note.Open(append(b, answer...), note.VerifierList(verifier, w))
	must(err, "cosigned")
	if len(both.Sigs) != 2 {
		must(fmt.Errorf("%d signatures", len(both.Sigs)), "cosigned")
	}
	fmt.Printf("cosigned %d at %d\n", t.N, w.time)
}

func open(file, logKey, witnessKey string) {
	verifier, err := note.NewVerifier(logKey)
	must(err, "log key")
	b, err := os.ReadFile(file)
	must(err, "checkpoint")
	w := newCosigner(witnessKey)
	n, err := note.Open(b, note.VerifierList(verifier, w))
	must(err, "checkpoint")
	if len(n.Sigs) != 2 {
		must(fmt.Errorf("%d signatures", len(n.Sigs)), "checkpoint")
	}
	fmt.Printf("%d\n", tree(n.Text, verifier.Name()).N)
}

func serve(name, logKey string) {
	verifier, err := note.NewVerifier(logKey)
	must(err, "log key")
	pub, priv, err := ed25519.GenerateKey(rand.Reader)
	must(err, "key")
	key := append([]byte{4}, pub...)
	var last tlog.Tree
	var mu sync.Mutex
	http.HandleFunc("/prefix/add-checkpoint", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		b, err := io.ReadAll(r.Body)
		parts := bytes.SplitN(b, []byte("\n\n"), 2)
		if err != nil || r.Method != "POST" || len(parts) != 2 {
			http.Error(w, "form", 400)
			return
		}
		n, err := note.Open(parts[1], note.VerifierList(verifier))
		if err != nil || len(n.UnverifiedSigs) > 0 {
			http.Error(w, "signature", 403)
			return
		}
		lines := strings.Split(string(parts[0]), "\n")
		old, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "old "), 10, 64)
		t := tree(n.Text, verifier.Name())
		if err != nil || old > t.N {
			http.Error(w, "old", 400)
			return
		}
		if old != last.N || old == t.N && last.Hash != t.Hash {
			w.Header().Set("Content-Type", "text/x.tlog.size")
			w.WriteHeader(409)
			fmt.Fprintf(w, "%d\n", last.N)
			return
		}
		var p tlog.TreeProof
		for _, l := range lines[1:] {
			h, err := base64.StdEncoding.DecodeString(l)
			if err != nil || len(h) != 32 {
				http.Error(w, "hash", 400)
				return
			}
			p = append(p, tlog.Hash(*(*[32]byte)(h)))
		}
		if old == 0 && len(p) > 0 || old > 0 && tlog.CheckTree(p, t.N, t.Hash, old, last.Hash) != nil {
			http.Error(w, "proof", 422)
			return
		}
		last = t
		now := uint64(time.Now().Unix())
		sig := binary.BigEndian.AppendUint32(nil, keyID(name, key))
		sig = binary.BigEndian.AppendUint64(sig, now)
		sig = append(sig, ed25519.Sign(priv, message([]byte(n.Text), now))...)
		fmt.Fprintf(w, "\u2014 %s %s\n", name, base64.StdEncoding.EncodeToString(sig))
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(err, "listen")
	fmt.Printf("http://%s/prefix %s+%08x+%s\n", l.Addr(), name, keyID(name, key), base64.StdEncoding.EncodeToString(key))
	must(http.Serve(l, nil), "serve")
}

func main() {
	a := os.Args
	switch {
	case len(a) == 7 && a[1] == "ask":
		ask(a[2], a[3], a[4], a[5], a[6])
	case len(a) == 5 && a[1] == "open":
		open(a[2], a[3], a[4])
	case len(a) == 4 && a[1] == "serve":
		serve(a[2], a[3])
	default:
		os.Exit(64)
	}
}
