import Kernels

/// How to compute some nodes: kernel calls in order, over memory planned ahead.
///
/// A plan depends on the structure of a graph only, not on the values of its leaves, constants or
/// random counters, so it serves every graph of the same structure.
package struct Plan: Sendable {
  package let slots: [Slot]
  package let steps: [Step]
  package let outputs: [OutputSource]
  package let leafCount: Int
  package let constantCount: Int
  /// Draws in the order of `Step.random`'s `draw`.
  package let drawCount: Int
  /// Floats of temporary memory.
  package let arenaCount: Int
}

/// A block of memory that steps read and write.
package struct Slot: Sendable {
  package let count: Int
  package let home: Home

  package enum Home: Sendable, Hashable {
    case leaf(Int)
    case constant(Int)
    case output(Int)
    case arena(offset: Int)
  }
}

/// Where the values of a requested node are when the plan has run.
package enum OutputSource: Sendable, Hashable {
  /// In memory of its own, filled by the plan.
  case fresh(count: Int)
  /// The memory of a leaf, under another shape.
  case leaf(Int)
  /// The memory of an earlier output.
  case output(Int)
}

/// Floats of a slot, from `offset`.
package struct Operand: Sendable, Hashable {
  package let slot: Int
  package let offset: Int
  package let count: Int
}

package enum Step: Sendable {
  case map(MapStep)
  case product(ProductStep)
  case convolution(ConvolutionStep)
  case reduce(ReduceStep)
  case cumsum(ReduceStep)
  case argsort(input: Operand, output: Operand, rows: Int, columns: Int)
  case copy(CopyStep)
  case zero(Operand)
  case random(RandomStep)
  case gather(GatherStep)
  case scatterAdd(GatherStep)
  case pool(PoolStep)
}

/// A fused elementwise chain over `count` elements.
package struct MapStep: Sendable {
  package let program: ElementwiseProgram
  package let inputs: [Operand]
  package let outputs: [Operand]
  package let count: Int
}

/// `batches` products of [m, k] and [k, n], and a chain run over each finished block.
package struct ProductStep: Sendable {
  package let product: MatrixProduct
  package let batches: Int
  package let left: Operand
  package let leftBatchStride: Int
  package let right: Operand
  package let rightBatchStride: Int
  package let output: Operand
  package let epilogue: MapStep?
}

package struct ConvolutionStep: Sendable {
  package enum Kind: Sendable { case forward, input, weight }
  package let kind: Kind
  package let geometry: Convolution
  package let left: Operand
  package let right: Operand
  package let output: Operand
  package let epilogue: MapStep?
}

/// A reduction along the middle axis of [outer, reduced, inner].
package struct ReduceStep: Sendable {
  package enum Kind: Sendable { case sum, maximum, minimum, argmax, argmin, cumsum }
  package let kind: Kind
  package let outer: Int
  package let reduced: Int
  package let inner: Int
  package let input: Operand
  package let output: Operand
}

/// A copy between two strided views of the same sizes.
package struct CopyStep: Sendable {
  package let copy: StridedCopy
  package let input: Operand
  package let output: Operand
}

package struct RandomStep: Sendable {
  package let distribution: Distribution
  package let draw: Int
  package let output: Operand
}

/// The largest values of squares of pixels, or `gradient` laid where they are.
package struct PoolStep: Sendable {
  package let pooling: Pooling
  package let input: Operand
  package let gradient: Operand?
  package let output: Operand
}

/// Rows of `width` floats moved between `rows` numbered rows and the order of `indices`.
package struct GatherStep: Sendable {
  package let values: Operand
  package let indices: Operand
  package let output: Operand
  package let rows: Int
  package let width: Int
}
