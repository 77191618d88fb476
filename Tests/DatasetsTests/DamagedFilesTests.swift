import Codecs
import Testing

@testable import Datasets

/// Readers meet thousands of damaged files: they give numbers or throw, and nothing else.
@Suite struct DamagedFilesTests {
  enum Format: String, CaseIterable {
    case idx, npy, npz, deflatedGzip, safetensors, csv

    var file: [UInt8] {
      let matrix = NumberArray(shape: [2, 3], values: [1, 2, 300, 4, -5, 6])
      let named = [(name: "0.weight", array: matrix), (name: "b", array: matrix)]
      return switch self {
      case .idx: IDX.encode(matrix)
      case .npy: NPY.encode(matrix)
      case .npz: NPZ.encode(named)
      case .deflatedGzip: Deflate.compress(NPY.encode(matrix), as: .gzip)
      case .safetensors: Safetensors.encode(named)
      case .csv:
        CSV.encode(
          TextTable(names: ["a", "b"], columns: [.numbers([1, 2]), .words(["x", "y \"z\""])]))
      }
    }

    /// Reads everything, and gives the number of values.
    func read(_ bytes: [UInt8]) throws(FormatError) -> Int {
      switch self {
      case .idx: try IDX.decode(bytes, limit: roomy).values.count
      case .npy: try NPY.decode(bytes, limit: roomy).values.count
      case .npz: try NPZ.decode(bytes, limit: roomy).reduce(0) { $0 + $1.array.values.count }
      case .deflatedGzip: try Inflate.expand(bytes, as: .gzip, limit: roomy).count
      case .safetensors:
        try Safetensors.decode(bytes, limit: roomy).reduce(0) { $0 + $1.array.values.count }
      case .csv: try CSV.decode(bytes, limit: roomy).rowCount
      }
    }
  }

  @Test(arguments: Format.allCases) func everyBeginningIsAnErrorOrLess(_ format: Format) throws {
    let whole = format.file
    let count = try format.read(whole)
    for length in whole.indices {
      let read = try? format.read(Array(whole[..<length]))
      // A table that ends early is a table.
      if format != .csv { #expect(read == nil, "\(length) bytes were enough") }
      if let read { #expect(read <= count) }
    }
  }

  @Test(arguments: Format.allCases) func thousandsOfMutationsDoNoHarm(_ format: Format) {
    let whole = format.file
    var random = Mutator(seed: 17)
    for _ in 0..<4_000 {
      let mutated = random.mutated(whole)
      if let count = try? format.read(mutated) { #expect(count <= roomy) }
    }
  }
}

/// Changes a few bytes, cuts pieces out, and repeats pieces.
private struct Mutator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % max(bound, 1)
  }

  mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0...next(3) where !bytes.isEmpty {
      let place = next(bytes.count)
      switch next(6) {
      case 0: bytes[place] = UInt8(next(256))
      case 1: bytes[place] ^= 1 << UInt8(next(8))
      case 2: bytes[place] = [0, 0x7f, 0x80, 0xff][next(4)]
      case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + next(8)))
      case 4: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: place)
      default:
        // A size that no memory has.
        for index in place..<min(bytes.count, place + 8) { bytes[index] = 0xff }
      }
    }
    return bytes
  }
}
