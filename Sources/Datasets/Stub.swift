package protocol FileAccess { func read(_ path: String) throws -> [UInt8]; func write(_ bytes: [UInt8], to path: String) throws }
package struct DatasetLocation { }
