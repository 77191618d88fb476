/// Loads and stores at any address, and the loops that apply one function to whole vectors.
extension UnsafePointer<Float> {
  @inline(__always)
  func vector(at index: Int) -> Vector {
    UnsafeRawPointer(self + index).loadUnaligned(as: Vector.self)
  }
}

extension UnsafeMutablePointer<Float> {
  @inline(__always)
  func vector(at index: Int) -> Vector {
    UnsafeRawPointer(self + index).loadUnaligned(as: Vector.self)
  }

  @inline(__always)
  func store(_ vector: Vector, at index: Int) {
    UnsafeMutableRawPointer(self + index).storeBytes(of: vector, as: Vector.self)
  }
}

@inline(__always)
func mapVectors(
  _ vectors: Int, _ target: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>,
  _ function: (Vector) -> Vector
) {
  for i in 0..<vectors { target.store(function(a.vector(at: i * 16)), at: i * 16) }
}

@inline(__always)
func mapVectors(
  _ vectors: Int, _ target: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>,
  _ b: UnsafePointer<Float>, _ function: (Vector, Vector) -> Vector
) {
  for i in 0..<vectors {
    target.store(function(a.vector(at: i * 16), b.vector(at: i * 16)), at: i * 16)
  }
}

@inline(__always)
func mapVectors(
  _ vectors: Int, _ target: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>,
  _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>,
  _ function: (Vector, Vector, Vector) -> Vector
) {
  for i in 0..<vectors {
    let value = function(a.vector(at: i * 16), b.vector(at: i * 16), c.vector(at: i * 16))
    target.store(value, at: i * 16)
  }
}

/// Writes one value to `count` floats and to as many more as fill the last vector.
@inline(__always)
func fillVectors(_ target: UnsafeMutablePointer<Float>, _ count: Int, _ value: Float) {
  let vector = Vector(repeating: value)
  var i = 0
  while i < count {
    target.store(vector, at: i)
    i += 16
  }
}
