"""ADBench GMM and BA for PyTorch (eager autograd; torch.func.vmap(jacrev) for BA).
Same arguments and output as adbench_jax.py."""
import glob, math, os
import common as c
from adbench_jax import load_ba, load_gmm


def build(threads, data):
    import numpy as np, torch
    from scipy.special import gammaln
    torch.set_num_threads(threads)
    T = lambda a: torch.as_tensor(np.ascontiguousarray(a))
    norm = lambda ts: float(np.sqrt(sum(float((t * t).sum()) for t in ts)))

    def gmm(emit, fn, tag):
        q = load_gmm(fn); d, K, n, gm, m = q["d"], q["K"], q["n"], q["gamma"], q["m"]; x = T(q["x"])
        rc = [(j, i) for i in range(d) for j in range(i + 1, d)]
        r, cc = (torch.tensor(v) for v in zip(*rc)); nn = d + m + 1
        lg = 0.25 * d * (d - 1) * math.log(math.pi) + sum(gammaln(0.5 * nn + 0.5 * (1 - j)) for j in range(1, d + 1))
        C = nn * d * (math.log(gm) - 0.5 * math.log(2)) - lg

        def f(al, mu, icf):
            lq = icf[:, :d]; sq = lq.sum(1); qd = torch.exp(lq)
            Q = torch.zeros(K, d, d, dtype=x.dtype).index_put((torch.arange(K)[:, None], r, cc), icf[:, d:]) + torch.diag_embed(qd)
            Qx = (x @ Q.reshape(K * d, d).T).reshape(n, K, d) - (Q @ mu[:, :, None])[:, :, 0]
            main = al + sq - 0.5 * (Qx * Qx).sum(2)
            prior = (0.5 * gm * gm * ((qd * qd).sum(1) + (icf[:, d:] ** 2).sum(1)) - m * sq).sum() - K * C
            return -0.5 * n * d * math.log(2 * math.pi) + torch.logsumexp(main, 1).sum() - n * torch.logsumexp(al, 0) + prior

        def J():
            a = [T(q[k]).requires_grad_() for k in ("alphas", "means", "icf")]
            return torch.autograd.grad(f(*a), a)
        P = {"problem": "gmm" + tag, "file": os.path.basename(fn)[:-4]}
        ps = [T(q[k]) for k in ("alphas", "means", "icf")]
        emit("ADBENCH", P, "objective", c.bench(lambda: f(*ps)), abs(float(f(*ps))))
        emit("ADBENCH", P, "jacobian", c.bench(J), norm(J()))

    def ba(emit, fn):
        q = load_ba(fn); cams, X, w, feats, ci, pi = (T(q[k]) for k in ("cams", "X", "w", "feats", "cam", "pt"))

        def err(cam, X, w, feat):
            r = cam[:3]; X = X - cam[3:6]; s = torch.sqrt((r * r).sum()); u = r / s
            Y = X * torch.cos(s) + torch.linalg.cross(u, X) * torch.sin(s) + u * ((u * X).sum() * (1.0 - torch.cos(s)))
            e = Y[:2] / Y[2]; rs = (e * e).sum()
            return w * (e * (1.0 + cam[9] * rs + cam[10] * rs * rs) * cam[6] + cam[7:9] - feat)
        fv = torch.vmap(err); jv = torch.vmap(torch.func.jacrev(err, (0, 1, 2)))

        def J():
            a, b, d = jv(cams[ci], X[pi], w, feats)
            return torch.cat([torch.cat([a, b, d[:, :, None]], 2).ravel(), -2.0 * w])
        def F(): return torch.cat([fv(cams[ci], X[pi], w, feats).ravel(), 1.0 - w * w])
        P = {"problem": "ba", "file": os.path.basename(fn)[:-4]}
        emit("ADBENCH", P, "objective", c.bench(F), norm([F()]))
        emit("ADBENCH", P, "jacobian", c.bench(J), norm([J()]))

    g = lambda *p: sorted(glob.glob(os.path.join(data, *p)))
    def GMM(emit):
        for fn in g("gmm", "1k", "*.txt"): gmm(emit, fn, "")
        for fn in g("gmm", "10k", "*.txt"): gmm(emit, fn, "_10k")
    def BA(emit):
        for fn in g("ba", "ba[1235]_*.txt"): ba(emit, fn)
    return dict(GMM=GMM, BA=BA)


if __name__ == "__main__":
    data = c.data_folder()
    c.main("torch", lambda th: build(th, data))
