internal import CInstructionSet

/// What the tiles need to know of the machine that the kernels are compiled for.
enum RegisterFile {
  /// Whether 24 vectors of sixteen floats fit the registers, with some to spare.
  ///
  /// Only AVX-512 has as many. Elsewhere a vector takes two registers of 16 (AVX2) or four of 32
  /// (NEON), and tiles are smaller; results are the same.
  @inline(__always)
  static var isLarge: Bool { hasAVX512 != 0 }
}
