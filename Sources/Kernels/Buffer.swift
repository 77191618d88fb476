/// A view of consecutive floats that somebody else owns: the only form in which memory reaches or
/// leaves a kernel.
///
/// The owner (`Storage`) pads its memory to whole vectors, so a kernel may read and write up to
/// `Buffer.lanes - 1` floats past `count` when it works from the start of an owned block.
package struct Buffer: @unchecked Sendable {
  package let base: UnsafeMutablePointer<Float>
  package let count: Int

  /// Width of every vector in this module, in floats. It is part of the definition of a sum, so it
  /// never depends on the machine.
  package static let lanes = 16

  @inlinable
  package init(base: UnsafeMutablePointer<Float>, count: Int) {
    self.base = base
    self.count = count
  }

  @inlinable
  package subscript(index: Int) -> Float {
    get { base[index] }
    nonmutating set { base[index] = newValue }
  }
}

/// One vector of floats.
package typealias Vector = SIMD16<Float>
