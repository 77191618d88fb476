/// Portable gray maps: the simplest picture format there is.
package enum PGM {
  /// What is wrong with a file that should be a gray map.
  package enum Fault: Error, Sendable, Hashable {
    case notPGM
    case badHeader
    case truncated(expectedBytes: Int, foundBytes: Int)
    case tooLarge(width: Int, height: Int)
  }

  private static let largestPixelCount = 1 << 26

  /// Binary gray map (P5); colour becomes its brightness.
  package static func encode(_ raster: Raster) -> [UInt8] {
    var bytes = Array("P5\n\(raster.width) \(raster.height)\n255\n".utf8)
    if raster.channels == 1 { return bytes + raster.samples }
    for y in 0..<raster.height {
      for x in 0..<raster.width {
        bytes.append(UInt8((raster.brightness(x: x, y: y) * 255).rounded()))
      }
    }
    return bytes
  }

  /// Reads P5 (binary, 8 or 16 bits) and P2 (text).
  /// Throws: `Fault`.
  package static func decode(_ bytes: [UInt8]) throws(Fault) -> Raster {
    guard bytes.count > 2, bytes[0] == UInt8(ascii: "P"),
      bytes[1] == UInt8(ascii: "5") || bytes[1] == UInt8(ascii: "2")
    else { throw .notPGM }
    var reader = Reader(bytes: bytes, place: 2)
    guard let width = reader.number(), let height = reader.number(),
      let largest = reader.number(), width > 0, height > 0, (1...65535).contains(largest)
    else { throw .badHeader }
    guard width <= largestPixelCount, height <= largestPixelCount / width else {
      throw .tooLarge(width: width, height: height)
    }
    let count = width * height
    var values: [Int] = []
    if bytes[1] == UInt8(ascii: "2") {
      while values.count < count, let value = reader.number() { values.append(value) }
      guard values.count == count else {
        throw .truncated(expectedBytes: count, foundBytes: values.count)
      }
    } else {
      let size = largest > 255 ? 2 : 1
      let start = reader.place + 1
      let found = max(bytes.count - start, 0)
      guard found >= count * size else {
        throw .truncated(expectedBytes: count * size, foundBytes: found)
      }
      values = (0..<count).map { index in
        size == 1
          ? Int(bytes[start + index])
          : Int(bytes[start + 2 * index]) << 8 | Int(bytes[start + 2 * index + 1])
      }
    }
    let samples = values.map { UInt8((min($0, largest) * 255 + largest / 2) / largest) }
    return Raster(width: width, height: height, samples: samples)
  }

  private struct Reader {
    let bytes: [UInt8]
    var place: Int

    /// The next number, past spaces and comments; nothing when there is none.
    mutating func number() -> Int? {
      while place < bytes.count {
        if bytes[place] == UInt8(ascii: "#") {
          while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
        } else if [9, 10, 11, 12, 13, 32].contains(bytes[place]) {
          place += 1
        } else {
          break
        }
      }
      let start = place
      var value = 0
      while place < bytes.count, (48...57).contains(bytes[place]), value < 1 << 40 {
        value = value * 10 + Int(bytes[place]) - 48
        place += 1
      }
      return place > start ? value : nil
    }
  }
}
