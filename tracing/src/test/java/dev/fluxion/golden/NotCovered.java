package dev.fluxion.golden;

import io.vavr.collection.Array;

/** The golden cases that nothing computes yet, by the operations they wait for. */
final class NotCovered {
    private NotCovered() {}

    /** Sections {@code reason | file: case case ...}. */
    private static final String CASES = """
        matrix decompositions | reductions:
            norm_nuc norm_spectral
        matrix decompositions | linalg:
            cholesky cholesky_4 lax_cholesky_nosym cholesky_not_pd solve_vec solve_mat
            triangular_solve_lowerTrue_transFalse triangular_solve_lowerTrue_transTrue
            triangular_solve_lowerFalse_transFalse triangular_solve_lowerFalse_transTrue
            triangular_solve_right_unit inv det_2 det_3 det_4 det_singular slogdet slogdet_negative lu
            lu_factor_pivots qr_reduced qr_square qr_abs_R eigvalsh eigh eigh_signfree svd_vals
            svd_signfree svd_wide expm expm_scaled matrix_power_neg pinv_tall pinv_wide lstsq cho_solve
            solve_pos tridiagonal_solve cond_number matrix_rank
        sort | reductions:
            median median_even quantile_linear
        sort | cumulative_sort:
            sort_axis_last sort_axis_0 sort_descending argsort argsort_descending sort_special sort_key_val
            sort_two_keys top_k top_k_ties
        gather | cumulative_sort:
            searchsorted_left searchsorted_right interp
        gather | nn:
            embedding
        gather | indexing:
            np_int_array np_traced_index np_two_arrays np_two_arrays_broadcast np_array_slice_mixed
            np_separated_adv np_bool_mask_const np_oob_clamp np_oob_fill take_axis1 take_default_oob
            take_along_axis gather_rows gather_windows
        gather | linalg:
            toeplitz
        convolution | shapes:
            convolve_full convolve_same correlate_valid
        convolution | conv_pool:
            conv1d_valid conv1d_same conv1d_same_stride2 conv1d_same_even_kernel conv1d_stride2
            conv1d_rhs_dilation conv1d_lhs_dilation conv1d_all conv1d_negative_padding
            conv1d_causal_dilated conv2d_valid conv2d_same conv2d_stride_pad conv2d_dilated conv2d_groups
            conv2d_depthwise conv2d_batch_groups conv2d_nhwc conv2d_transpose_like conv3d_valid
            conv_transpose_1d conv_transpose_2d_valid conv_vmap_kernel_only
        scatter | indexing:
            at_set at_set_scalar at_add_repeat at_add_traced at_add_oob_drop at_set_oob_drop at_multiply
            at_max at_min at_slice_set at_slice_add_bcast segment_sum segment_max scatter_add_rows
            scatter_add_windows scatter_mul
        sort, scatter | indexing:
            nonzero_size unique_sorted bincount histogram
        complex numbers | fft:
            fft_real_in fft_len5 fft_complex ifft_complex rfft_even rfft_odd irfft_even irfft_odd
            fft2_power fft_axis0 rfft_norm_ortho fftconvolve dct2 abs_complex complex_mul_exp
        reduce_window | conv_pool:
            reduce_window_max_valid reduce_window_max_same reduce_window_min_valid reduce_window_min_same
            reduce_window_add_valid reduce_window_add_same reduce_window_add_dilated max_pool_ties avg_pool
        """;

    /** The cases as {@code file/name}. */
    static Array<String> cases() {
        String file = "";
        Array<String> cases = Array.empty();
        for (String line : CASES.lines().toList()) {
            if (line.endsWith(":")) {
                file = line.substring(line.indexOf('|') + 2, line.length() - 1);
            } else {
                cases = cases.appendAll(Array.of(line.strip().split(" ")).map(file.concat("/")::concat));
            }
        }
        return cases;
    }
}
