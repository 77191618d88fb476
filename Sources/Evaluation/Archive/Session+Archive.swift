import Datasets
import Models
import Syntax
import Tensors

/// A session as bytes: leaving a lesson and coming back restores variables, weights and random
/// state without running anything again.
extension Session {
  private static let magic = "latent session"
  private static let version = 2

  package func archived() throws -> [UInt8] {
    var archive = ArchiveWriter()
    archive.write(Session.magic)
    archive.write(Session.version)
    try state.write(to: &archive, host.engine)
    var bytes = archive.bytes
    withUnsafeBytes(of: checksum(bytes[...]).littleEndian) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// The session that was archived.
  ///
  /// Throws: `ArchiveError.damaged`, also for what another version wrote.
  package init(archive bytes: [UInt8], host: Host) throws {
    guard bytes.count > 8 else { throw ArchiveError.damaged }
    let content = bytes[..<(bytes.count - 8)]
    var stored: UInt64 = 0
    for (offset, byte) in bytes.suffix(8).enumerated() { stored |= UInt64(byte) << (offset * 8) }
    guard stored == checksum(content) else { throw ArchiveError.damaged }
    var archive = ArchiveReader(Array(content))
    guard try archive.text() == Session.magic, try archive.number() == Session.version else {
      throw ArchiveError.damaged
    }
    self.init(host: host)
    state = try SessionState(from: &archive, host)
    guard archive.isAtEnd else { throw ArchiveError.damaged }
  }
}

/// FNV-1a.
private func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  return hash
}

extension SessionState {
  fileprivate func write(to archive: inout ArchiveWriter, _ engine: Engine) throws {
    // Data sets that come with the program are named, not written.
    let sources = datasets.keys.sorted { $0.rawValue < $1.rawValue }
    archive.write(sources) { $0.write($1.rawValue) }
    for source in sources {
      archive.reserve(datasets[source]!.inputs)
      if let labels = datasets[source]!.labels { archive.reserve(labels) }
    }
    archive.write(layers.random.seed)
    archive.write(layers.random.counter)
    try layers.state.write(to: &archive, engine)
    try archive.write(globals.keys.sorted()) { archive, name in
      archive.write(name)
      try archive.write(globals[name]!, engine)
    }
    archive.write(results.count)
    try archive.write(results.numbered) { archive, result in
      archive.write(result.number)
      try archive.write(result.value, engine)
    }
    archive.write(history) { archive, curve in
      archive.write(curve.name)
      curve.values.withUnsafeBufferPointer { archive.write(floats: $0) }
    }
  }

  fileprivate init(from archive: inout ArchiveReader, _ host: Host) throws {
    let sources = try archive.list { reader in
      guard let source = ImageSource(rawValue: try reader.text()) else {
        throw ArchiveError.damaged
      }
      return source
    }
    var datasets: [ImageSource: DatasetValue] = [:]
    for source in sources {
      let dataset = try DatasetValue(source, host.datasets)
      datasets[source] = dataset
      archive.reserve(dataset.inputs)
      if let labels = dataset.labels { archive.reserve(labels) }
    }
    let seed = try archive.unsigned()
    self.init(seed: seed)
    layers.random.advance(by: try archive.unsigned())
    layers.state = try StateStore(from: &archive)
    for (name, value) in try archive.list({ (try $0.text(), try $0.value()) }) {
      globals[name] = value
    }
    let count = try archive.number()
    results = Results(count: count, kept: try archive.list { (try $0.number(), try $0.value()) })
    history = try archive.list { Curve(name: try $0.text(), values: try $0.floats()) }
    self.datasets = datasets
  }
}
