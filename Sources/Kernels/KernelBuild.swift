internal import CInstructionSet

/// What the kernels were compiled for; it shows in their speed only.
package enum KernelBuild {
  /// The instruction set, for example `AVX-512`.
  package static var description: String { instructionSetName }

  /// Whether a fused multiply-add is one instruction; elsewhere it is a slow function.
  package static var fusesInHardware: Bool { hasFusedMultiplyAdd == 1 }
}
