package dev.fluxion.benchmarks.adbench;

import static dev.fluxion.numpy.Numpy.array;
import static dev.fluxion.numpy.Numpy.cos;
import static dev.fluxion.numpy.Numpy.matmul;
import static dev.fluxion.numpy.Numpy.onesLike;
import static dev.fluxion.numpy.Numpy.reshape;
import static dev.fluxion.numpy.Numpy.sin;
import static dev.fluxion.numpy.Numpy.sqrt;
import static dev.fluxion.numpy.Numpy.square;
import static dev.fluxion.numpy.Numpy.stack;
import static dev.fluxion.numpy.Numpy.zerosLike;

import dev.fluxion.numpy.NDArray;
import java.util.ArrayList;
import java.util.List;

/** What the 26 pose parameters do: they turn and shift the hand, and turn three joints of each finger. */
final class Pose {
    static final int FINGERS = 5;
    static final int JOINTS = 3;

    private static final int PER_FINGER = 4;
    private static final int WHOLE = 6;

    private Pose() {}

    /** The bone a finger starts from, which is not posed; its joints are the next three. */
    static int firstBone(int finger) {
        return 1 + finger * (1 + JOINTS);
    }

    static boolean isPosed(int bone) {
        return bone > 0 && bone < firstBone(FINGERS) && (bone - 1) % (1 + JOINTS) > 0;
    }

    /**
     * The absolute transformations of a finger's posed bones: [3, 4, 4].
     *
     * @param angles [4]: about x and z of the first joint, x of the second, x of the third
     * @param first [4, 4], the absolute transformation of the unposed bone the finger starts from
     * @param relative [3, 4, 4], the transformations between a joint and the one before, at rest
     */
    static NDArray finger(NDArray angles, NDArray first, NDArray relative) {
        NDArray absolute = first;
        List<NDArray> joints = new ArrayList<>();
        for (int joint = 0; joint < JOINTS; joint++) {
            NDArray x = angles.get(joint == 0 ? 0 : joint + 1);
            NDArray z = joint == 0 ? angles.get(1) : zerosLike(x);
            absolute = matmul(matmul(absolute, relative.get(joint)), rotation(x, z));
            joints.add(absolute);
        }
        return stack(joints);
    }

    /** The angles of all fingers: [5, 4]. */
    static NDArray angles(NDArray theta) {
        return reshape(theta.slice(0, WHOLE, WHOLE + FINGERS * PER_FINGER), FINGERS, PER_FINGER);
    }

    /** The parameters of the hand as a whole: [6]. */
    static NDArray whole(NDArray theta) {
        return theta.slice(0, 0, WHOLE);
    }

    /** {@code Rz Rx} as [4, 4]. */
    private static NDArray rotation(NDArray x, NDArray z) {
        NDArray cx = cos(x);
        NDArray sx = sin(x);
        NDArray cz = cos(z);
        NDArray sz = sin(z);
        NDArray o = zerosLike(x);
        NDArray one = onesLike(x);
        NDArray entries = stack(List.of(
                cz,
                sz.times(cx).unaryMinus(),
                sz.times(sx),
                o,
                sz,
                cz.times(cx),
                cz.times(sx).unaryMinus(),
                o,
                o,
                sx,
                cx,
                o,
                o,
                o,
                o,
                one));
        return reshape(entries, 4, 4);
    }

    /** The points p [3, n], turned and shifted as a whole. */
    static NDArray placed(NDArray whole, NDArray p) {
        return matmul(turn(whole), p).plus(reshape(whole.slice(0, 3, 6), 3, 1));
    }

    /** The rotation of the hand as a whole: [3, 3]. */
    static NDArray turn(NDArray whole) {
        NDArray a = whole.slice(0, 0, 3);
        NDArray angle = sqrt(square(a).sum());
        NDArray u = a.div(angle);
        NDArray cos = cos(angle);
        NDArray outer = reshape(u, 3, 1).times(u).times(cos.unaryMinus().plus(1.0));
        return outer.plus(identity().times(cos)).plus(cross(u).times(sin(angle)));
    }

    private static NDArray identity() {
        return array(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
    }

    /** The matrix whose product with v is {@code u x v}. */
    private static NDArray cross(NDArray u) {
        NDArray o = zerosLike(u.get(0));
        NDArray x = u.get(0);
        NDArray y = u.get(1);
        NDArray z = u.get(2);
        return reshape(stack(o, z.unaryMinus(), y, z, o, x.unaryMinus(), y.unaryMinus(), x, o), 3, 3);
    }
}
