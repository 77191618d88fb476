/// Values written one after another, to be read in the same order: how a session is kept between
/// two runs of the program. Whole numbers and floats are little-endian.
package struct ArchiveWriter {
  package private(set) var bytes: [UInt8] = []
  private var tensors: [ObjectIdentifier: Int] = [:]
  /// Kept alive so that no other takes their identity.
  private var written: [Node] = []

  package init() {}

  package mutating func write(_ number: Int) {
    withUnsafeBytes(of: Int64(number).littleEndian) { bytes.append(contentsOf: $0) }
  }

  package mutating func write(_ number: UInt64) { write(Int(bitPattern: UInt(number))) }

  package mutating func write(_ number: Float) { write(Int(number.bitPattern)) }

  package mutating func write(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

  package mutating func write(_ text: String) {
    write(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  package mutating func write(_ numbers: [Int]) {
    write(numbers.count)
    for number in numbers { write(number) }
  }

  package mutating func write(floats: UnsafeBufferPointer<Float>) {
    write(floats.count)
    // Every machine that this runs on keeps floats as the archive does.
    bytes.append(contentsOf: UnsafeRawBufferPointer(floats))
  }

  package mutating func write<Value>(
    _ values: some Collection<Value>, _ body: (inout ArchiveWriter, Value) throws -> Void
  ) rethrows {
    write(values.count)
    for value in values { try body(&self, value) }
  }

  /// Makes a tensor known that the reader will know too, so that it is never written.
  package mutating func reserve(_ tensor: Tensor) {
    tensors[ObjectIdentifier(tensor.node)] = written.count
    written.append(tensor.node)
  }

  /// Writes a tensor in memory, and one that was written before as a reference to it.
  package mutating func write(_ tensor: Tensor, _ engine: Engine) throws(TensorError) {
    let id = ObjectIdentifier(tensor.node)
    if let known = tensors[id] {
      write(known)
      return
    }
    tensors[id] = written.count
    write(written.count)
    written.append(tensor.node)
    write(tensor.shape.sizes)
    let values = try engine.values(of: tensor)
    values.withUnsafeBufferPointer { write(floats: $0) }
  }
}

/// What can be wrong with an archive.
package enum ArchiveError: Error, Hashable {
  /// It ends too early or holds what no writer writes.
  case damaged
}

/// Reads what an `ArchiveWriter` wrote; no bytes, whatever they are, can do more than throw.
package struct ArchiveReader {
  private let bytes: [UInt8]
  private var position = 0
  private var tensors: [Tensor] = []

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var isAtEnd: Bool { position == bytes.count }

  package mutating func number() throws(ArchiveError) -> Int {
    guard position + 8 <= bytes.count else { throw .damaged }
    var word: UInt64 = 0
    for offset in 0..<8 { word |= UInt64(bytes[position + offset]) << UInt64(offset * 8) }
    position += 8
    return Int(Int64(bitPattern: word))
  }

  /// A number of things of which each takes a byte or more.
  package mutating func count() throws(ArchiveError) -> Int {
    let count = try number()
    guard count >= 0, count <= bytes.count - position else { throw .damaged }
    return count
  }

  package mutating func unsigned() throws(ArchiveError) -> UInt64 {
    UInt64(bitPattern: Int64(try number()))
  }

  package mutating func float() throws(ArchiveError) -> Float {
    guard let bits = UInt32(exactly: try number()) else { throw .damaged }
    return Float(bitPattern: bits)
  }

  package mutating func flag() throws(ArchiveError) -> Bool {
    guard position < bytes.count, bytes[position] <= 1 else { throw .damaged }
    position += 1
    return bytes[position - 1] == 1
  }

  package mutating func text() throws(ArchiveError) -> String {
    let count = try count()
    defer { position += count }
    return String(decoding: bytes[position..<(position + count)], as: UTF8.self)
  }

  package mutating func numbers() throws(ArchiveError) -> [Int] {
    var numbers: [Int] = []
    for _ in 0..<(try count()) { numbers.append(try number()) }
    return numbers
  }

  package mutating func floats() throws(ArchiveError) -> [Float] {
    let count = try count()
    guard count * 4 <= bytes.count - position else { throw .damaged }
    var floats: [Float] = []
    floats.reserveCapacity(count)
    bytes.withUnsafeBytes { raw in
      for index in 0..<count {
        floats.append(raw.loadUnaligned(fromByteOffset: position + index * 4, as: Float.self))
      }
    }
    position += count * 4
    return floats
  }

  package mutating func list<Value>(
    _ body: (inout ArchiveReader) throws -> Value
  ) throws -> [Value] {
    var values: [Value] = []
    for _ in 0..<(try count()) { values.append(try body(&self)) }
    return values
  }

  /// Makes a tensor known that the writer knew without writing it.
  package mutating func reserve(_ tensor: Tensor) { tensors.append(tensor) }

  package mutating func tensor() throws -> Tensor {
    let index = try number()
    if tensors.indices.contains(index) { return tensors[index] }
    guard index == tensors.count else { throw ArchiveError.damaged }
    let sizes = try numbers()
    guard sizes.count <= Shape.maximumRank, sizes.allSatisfy({ (0...(1 << 40)).contains($0) })
    else { throw ArchiveError.damaged }
    let values = try floats()
    var count = 1
    for size in sizes {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow else { throw ArchiveError.damaged }
      count = product
    }
    guard count == values.count else { throw ArchiveError.damaged }
    let tensor = try Tensor(values, shape: Shape(sizes))
    tensors.append(tensor)
    return tensor
  }
}
