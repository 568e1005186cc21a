"""ADBench objectives (GMM, BA, LSTM, HAND) written for JAX, on the ADBench data files.

  python adbench_jax.py [--data ../data/adbench] [--threads 1] [--workloads GMM,BA]

Prints JSON lines like the other peers: objective and gradient/Jacobian times, with
checksum = 2-norm of the gradient/Jacobian.  Another formulation of the same problem
is another peer: jax.matmul (GMM as one matrix product), jax.jacfwd (BA).
Formats and conventions: see the README.md beside the data.
"""
import glob, os, sys
import common as c




def load_gmm(fn):
    import numpy as np
    t = open(fn).read().split(); d, K, n = map(int, t[:3]); v = np.array(t[3:], float); o = 0
    def take(*s):
        nonlocal o
        m = int(np.prod(s)); r = v[o:o + m].reshape(s); o += m; return r
    return dict(d=d, K=K, n=n, alphas=take(K), means=take(K, d), icf=take(K, d * (d + 1) // 2),
                x=take(n, d), gamma=v[o], m=int(v[o + 1]))


def load_ba(fn):
    import numpy as np
    t = open(fn).read().split(); n, m, p = map(int, t[:3]); v = np.array(t[3:], float)
    i = np.arange(p)
    return dict(n=n, m=m, p=p, cams=np.tile(v[:11], (n, 1)), X=np.tile(v[11:14], (m, 1)), w=np.full(p, v[14]),
                feats=np.tile(v[15:17], (p, 1)), cam=i % n, pt=i % m)


def load_lstm(fn):
    import numpy as np
    t = open(fn).read().split(); l, n, b = map(int, t[:3]); v = np.array(t[3:], float); o = 0
    def take(*s):
        nonlocal o
        m = int(np.prod(s)); r = v[o:o + m].reshape(s); o += m; return r
    return dict(l=l, c=n, b=b, main=take(2 * l, 4 * b), extra=take(3, b), state=take(2 * l, b), seq=take(n, b))


def load_hand(fn, model, complicated):
    import numpy as np
    bones = [s.split(":") for s in open(os.path.join(model, "bones.txt")).read().splitlines() if s]
    mats = np.array([s[2:34] for s in bones], float).reshape(-1, 2, 4, 4)
    verts = [s.split(":") for s in open(os.path.join(model, "vertices.txt")).read().splitlines() if s]
    pos = np.array([s[:3] for s in verts], float); W = np.zeros((len(bones), len(verts)))
    for k, s in enumerate(verts):
        for q in range(int(s[8])): W[int(s[9 + 2 * q]), k] = float(s[10 + 2 * q])
    tri = np.array([s.split(":") for s in open(os.path.join(model, "triangles.txt")).read().splitlines() if s], int)
    t = open(fn).read().split(); N, nt = int(t[0]), int(t[1]); v = np.array(t[2:], float)
    cp = v[:4 * N].reshape(N, 4); o = 4 * N
    us = v[o:o + 2 * N].reshape(N, 2) if complicated else None
    o += 2 * N if complicated else 0
    return dict(N=N, parents=[int(s[1]) for s in bones], rel=mats[:, 0], inv=mats[:, 1], pos=pos, W=W, tri=tri,
                corr=cp[:, 0].astype(int), points=cp[:, 1:], us=us, theta=v[o:o + nt])


def build(threads, data):
    import math
    import numpy as np, jax, jax.numpy as jnp
    from jax import lax
    from scipy.special import gammaln
    jax.config.update("jax_enable_x64", True)
    bur = jax.block_until_ready; D = jnp.asarray

    def report(emit, problem, fn, f, J, args, flat):
        P = {"problem": problem, "file": os.path.splitext(os.path.basename(fn))[0]}
        jf, jj = jax.jit(f), jax.jit(J)
        t, _ = c.once(lambda: bur(jj(*args))); emit("ADBENCH", P, "jacobian_first_call", t)
        F, G = np.ravel(jf(*args)), flat(jj(*args))
        emit("ADBENCH", P, "objective", c.bench(lambda: bur(jf(*args))), np.linalg.norm(F))
        emit("ADBENCH", P, "jacobian", c.bench(lambda: bur(jj(*args))), np.linalg.norm(G))

    def gmm(emit, fn, matmul):
        q = load_gmm(fn); d, K, n, gm, m = q["d"], q["K"], q["n"], q["gamma"], q["m"]
        x = D(q["x"]); icf_r, icf_c = [], []
        for i in range(d):
            for j in range(i + 1, d): icf_r.append(j); icf_c.append(i)
        r, cc = np.array(icf_r, int), np.array(icf_c, int)
        nn = d + m + 1
        lg = 0.25 * d * (d - 1) * math.log(math.pi) + sum(gammaln(0.5 * nn + 0.5 * (1 - j)) for j in range(1, d + 1))
        C = nn * d * (math.log(gm) - 0.5 * math.log(2)) - lg

        def f(alphas, means, icf, x):
            lq = icf[:, :d]; sq = jnp.sum(lq, 1); qd = jnp.exp(lq)
            Q = jnp.zeros((K, d, d)).at[:, r, cc].set(icf[:, d:]) + jax.vmap(jnp.diag)(qd)
            if matmul:       # Q(x - mu) = Qx - Q mu: one (n,d)x(d,Kd) product
                Qx = (x @ Q.reshape(K * d, d).T).reshape(-1, K, d) - jnp.einsum("kij,kj->ki", Q, means)
            else:
                Qx = jnp.einsum("kij,nkj->nki", Q, x[:, None, :] - means)
            main = alphas + sq - 0.5 * jnp.sum(Qx * Qx, 2)
            slse = jnp.sum(jax.nn.logsumexp(main, axis=1))
            prior = jnp.sum(0.5 * gm * gm * (jnp.sum(qd * qd, 1) + jnp.sum(icf[:, d:] ** 2, 1)) - m * sq) - K * C
            return -0.5 * n * d * math.log(2 * math.pi) + slse - n * jax.nn.logsumexp(alphas) + prior
        e = c.Emit("jax.matmul", emit.threads) if matmul else emit
        report(e, "gmm" + ("_10k" if n == 10000 else ""), fn, f, jax.grad(f, (0, 1, 2)),
               (D(q["alphas"]), D(q["means"]), D(q["icf"]), x),
               lambda g: np.concatenate([np.ravel(a) for a in g]))

    def ba(emit, fn):
        q = load_ba(fn)

        def err(cam, X, w, feat):
            r = cam[:3]; X = X - cam[3:6]
            s2 = jnp.sum(r * r); s = jnp.sqrt(s2); u = r / s
            Y = X * jnp.cos(s) + jnp.cross(u, X) * jnp.sin(s) + u * (jnp.dot(u, X) * (1.0 - jnp.cos(s)))
            e = Y[:2] / Y[2]; rs = jnp.sum(e * e)
            return w * (e * (1.0 + cam[9] * rs + cam[10] * rs * rs) * cam[6] + cam[7:9] - feat)

        def f(cams, X, w, feats, ci, pi):
            return jnp.concatenate([jax.vmap(err)(cams[ci], X[pi], w, feats).ravel(), 1.0 - w * w])

        def J(mode):
            def j(cams, X, w, feats, ci, pi):
                a, b, d = jax.vmap(mode(err, (0, 1, 2)))(cams[ci], X[pi], w, feats)
                return jnp.concatenate([jnp.concatenate([a, b, d[:, :, None]], 2).ravel(), -2.0 * w])
            return j
        args = tuple(D(q[k]) for k in ("cams", "X", "w", "feats", "cam", "pt"))
        report(emit, "ba", fn, f, J(jax.jacrev), args, np.ravel)
        report(c.Emit("jax.jacfwd", emit.threads), "ba", fn, f, J(jax.jacfwd), args, np.ravel)

    def lstm(emit, fn):
        q = load_lstm(fn); l, b = q["l"], q["b"]; sg = jax.nn.sigmoid

        def f(main, extra, state, seq):
            def step(s, xy):
                x, y = xy; h = x * extra[0]; new = []
                for i in range(l):
                    W, B = main[2 * i].reshape(4, b), main[2 * i + 1].reshape(4, b); hid, cell = s[2 * i], s[2 * i + 1]
                    fo, ig = sg(h * W[0] + B[0]), sg(hid * W[1] + B[1])
                    og, ch = sg(h * W[2] + B[2]), jnp.tanh(hid * W[3] + B[3])
                    cell = cell * fo + ig * ch; h = og * jnp.tanh(cell); new += [h, cell]
                p = h * extra[1] + extra[2]
                return jnp.stack(new), jnp.sum(y * (p - jnp.log(jnp.sum(jnp.exp(p)) + 2.0)))
            _, t = lax.scan(step, state, (seq[:-1], seq[1:]))
            return -jnp.sum(t) / ((seq.shape[0] - 1) * b)
        report(emit, "lstm", fn, f, jax.grad(f, (0, 1)), tuple(D(q[k]) for k in ("main", "extra", "state", "seq")),
               lambda g: np.concatenate([np.ravel(a) for a in g]))

    def hand(emit, fn, model, complicated):
        q = load_hand(fn, model, complicated); par = q["parents"]; nb = len(par)
        rel, inv, W = D(q["rel"]), D(q["inv"]), D(q["W"]); ph = D(np.c_[q["pos"], np.ones(len(q["pos"]))])
        pts, corr, tri = D(q["points"]), q["corr"], q["tri"]
        rows, cols, src = [], [], []; it, ip = 6, 2
        for _ in range(5):
            for i in (1, 2, 3):
                rows.append(ip); cols.append(0); src.append(it); it += 1
                if i == 1: rows.append(ip); cols.append(1); src.append(it); it += 1
                ip += 1
            ip += 1
        rows, cols, src = map(np.array, (rows, cols, src))

        def verts(th):
            pose = jnp.zeros((nb, 3)).at[rows, cols].set(th[src])

            def rot(v):
                tx, tz, ty = v[0], v[1], v[2]; z, o = jnp.zeros_like(tx), jnp.ones_like(tx)
                M = lambda *a: jnp.stack(a).reshape(3, 3)
                cx, sx, cy, sy, cz, sz = jnp.cos(tx), jnp.sin(tx), jnp.cos(ty), jnp.sin(ty), jnp.cos(tz), jnp.sin(tz)
                return M(cz, -sz, z, sz, cz, z, z, z, o) @ M(cy, z, sy, z, o, z, -sy, z, cy) @ M(o, z, z, z, cx, -sx, z, sx, cx)
            R = jnp.zeros((nb, 4, 4)).at[:, 3, 3].set(1.0).at[:, :3, :3].set(jax.vmap(rot)(pose))
            re = rel @ R; ab = []
            for i in range(nb): ab.append(re[i] if par[i] == -1 else ab[par[i]] @ re[i])
            T = jnp.stack(ab) @ inv
            p = jnp.einsum("bv,bij,vj->vi", W, T, ph)[:, :3]
            a = th[:3]; s = jnp.sqrt(jnp.sum(a * a)); u = a / s; K = jnp.cross(jnp.eye(3), u)
            G = jnp.cos(s) * jnp.eye(3) + jnp.sin(s) * K + (1 - jnp.cos(s)) * jnp.outer(u, u)
            return p @ G.T + th[3:6]

        def f(th, us):
            v = verts(th)
            if not complicated: return pts - v[corr]
            t = tri[corr]
            return pts - (us[:, :1] * v[t[:, 0]] + us[:, 1:] * v[t[:, 1]] + (1.0 - us[:, :1] - us[:, 1:]) * v[t[:, 2]])

        def J(th, us):                                     # columns: [2 u] then 26 theta
            jt = jnp.moveaxis(jax.jacfwd(f)(th, us), 2, 0).reshape(th.shape[0], -1)
            if not complicated: return jt
            g = lambda e: jax.jvp(lambda w: f(th, w), (us,), (jnp.broadcast_to(e, us.shape),))[1].ravel()
            return jnp.concatenate([jax.vmap(g)(jnp.eye(2)), jt])
        us = D(q["us"]) if complicated else jnp.zeros((q["N"], 2))
        report(emit, "hand_" + ("complicated" if complicated else "simple"), fn, f, J, (D(q["theta"]), us), np.ravel)

    g = lambda *p: sorted(glob.glob(os.path.join(data, *p)))
    def GMM(emit):
        for fn in g("gmm", "1k", "*.txt") + g("gmm", "10k", "*.txt"):
            gmm(emit, fn, False); gmm(emit, fn, True)
    def BA(emit):
        for fn in g("ba", "ba[1235]_*.txt"): ba(emit, fn)
    def LSTM(emit):
        for fn in g("lstm", "*.txt"): lstm(emit, fn)
    def HAND(emit):
        for k in ("simple", "complicated"):
            for fn in g("hand", k + "_small", "*.txt"): hand(emit, fn, os.path.join(data, "hand", "model"), k == "complicated")
    return dict(GMM=GMM, BA=BA, LSTM=LSTM, HAND=HAND)


if __name__ == "__main__":
    data = c.data_folder()
    c.main("jax", lambda th: build(th, data))
