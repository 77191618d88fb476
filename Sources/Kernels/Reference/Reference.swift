/// The specification of the kernels: the same functions as plain loops over single floats.
///
/// Kernels must give the same bits. Only NaN is free: which of its bit patterns comes out is not
/// defined.
package enum Reference {}
