/// The order in which a register tile visits its terms: three nested loops, each of which moves
/// the two operands by a fixed number of floats.
///
/// A plain product is one loop; a convolution is three (channel, kernel row, kernel column). The
/// order is part of the definition of the result.
struct ProductWalk {
  /// One of the three loops.
  struct Loop {
    var count: Int
    var leftStep: Int
    var rightStep: Int

    static let once = Loop(count: 1, leftStep: 0, rightStep: 0)
  }

  var outer: Loop
  var middle: Loop
  var inner: Loop

  @inline(__always)
  init(outer: Loop = .once, middle: Loop = .once, inner: Loop) {
    self.outer = outer
    self.middle = middle
    self.inner = inner
  }
}

/// A row of vector registers: one to four vectors side by side.
protocol RegisterStrip {
  static var vectors: Int { get }
  init()
  init(from pointer: UnsafePointer<Float>)
  mutating func add(_ scalar: Float, times other: Self)
  func store(to pointer: UnsafeMutablePointer<Float>)
}

/// One vector register.
struct Single: RegisterStrip {
  var vector: Vector

  @inline(__always) static var vectors: Int { 1 }

  @inline(__always) init() { vector = Vector() }

  @inline(__always) init(_ vector: Vector) { self.vector = vector }

  @inline(__always) init(from pointer: UnsafePointer<Float>) {
    vector = UnsafeRawPointer(pointer).loadUnaligned(as: Vector.self)
  }

  @inline(__always) mutating func add(_ scalar: Float, times other: Single) {
    vector = vector.addingProduct(Vector(repeating: scalar), other.vector)
  }

  @inline(__always) func store(to pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: vector, as: Vector.self)
  }

}

/// One vector register and the strip to its right.
struct Joined<Rest: RegisterStrip>: RegisterStrip {
  var head: Single
  var rest: Rest

  @inline(__always) static var vectors: Int { 1 + Rest.vectors }

  @inline(__always) init() {
    head = Single()
    rest = Rest()
  }

  @inline(__always) init(from pointer: UnsafePointer<Float>) {
    head = Single(from: pointer)
    rest = Rest(from: pointer + Buffer.lanes)
  }

  @inline(__always) mutating func add(_ scalar: Float, times other: Joined<Rest>) {
    head.add(scalar, times: other.head)
    rest.add(scalar, times: other.rest)
  }

  @inline(__always) func store(to pointer: UnsafeMutablePointer<Float>) {
    head.store(to: pointer)
    rest.store(to: pointer + Buffer.lanes)
  }

}

/// A block of the result that lives in registers while its terms are added.
protocol RegisterTile {
  associatedtype Strip: RegisterStrip
  static var rows: Int { get }
  init()
  mutating func load(from pointer: UnsafePointer<Float>, rowStride: Int)
  mutating func add(_ left: UnsafePointer<Float>, rowStride: Int, times right: Strip)
  func store(to pointer: UnsafeMutablePointer<Float>, rowStride: Int)
}

/// A tile of one row.
struct OneRow<Strip: RegisterStrip>: RegisterTile {
  var strip: Strip

  @inline(__always) static var rows: Int { 1 }

  @inline(__always) init() { strip = Strip() }

  @inline(__always)
  mutating func load(from pointer: UnsafePointer<Float>, rowStride: Int) {
    strip = Strip(from: pointer)
  }

  @inline(__always)
  mutating func add(_ left: UnsafePointer<Float>, rowStride: Int, times right: Strip) {
    strip.add(left.pointee, times: right)
  }

  @inline(__always)
  func store(to pointer: UnsafeMutablePointer<Float>, rowStride: Int) {
    strip.store(to: pointer)
  }

}

/// A tile stacked on another of the same height.
struct Stacked<Half: RegisterTile>: RegisterTile {
  typealias Strip = Half.Strip

  var top: Half
  var bottom: Half

  @inline(__always) static var rows: Int { 2 * Half.rows }

  @inline(__always) init() {
    top = Half()
    bottom = Half()
  }

  @inline(__always)
  mutating func load(from pointer: UnsafePointer<Float>, rowStride: Int) {
    top.load(from: pointer, rowStride: rowStride)
    bottom.load(from: pointer + Half.rows * rowStride, rowStride: rowStride)
  }

  @inline(__always)
  mutating func add(_ left: UnsafePointer<Float>, rowStride: Int, times right: Strip) {
    top.add(left, rowStride: rowStride, times: right)
    bottom.add(left + Half.rows * rowStride, rowStride: rowStride, times: right)
  }

  @inline(__always)
  func store(to pointer: UnsafeMutablePointer<Float>, rowStride: Int) {
    top.store(to: pointer, rowStride: rowStride)
    bottom.store(to: pointer + Half.rows * rowStride, rowStride: rowStride)
  }

}
