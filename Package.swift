// swift-tools-version: 6.1
// The targets stand in pipeline order: text becomes output from Syntax to latent, and a target may
// import only targets declared above it (`make lint` holds us to that).
import PackageDescription

/// Instruction set of the kernels. Results are the same bits whatever it is; only speed differs.
let instructionSet = Context.environment["LATENT_MARCH"] ?? "native"

#if arch(x86_64)
  let instructionSetFlags = ["-Xcc", "-march=\(instructionSet)"]
#else
  let instructionSetFlags: [String] = []
#endif

/// Kernels check nothing at run time: bounds are proved by the plan that calls them.
let kernelSettings: [SwiftSetting] = [
  .unsafeFlags(instructionSetFlags),
  .unsafeFlags(["-Ounchecked"], .when(configuration: .release)),
]

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "latent",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "latent", targets: ["latent"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
  ],
  targets: [
    // What runs: flat buffers, then tensors and plans over them, then models and data.
    .systemLibrary(name: "CInstructionSet"),
    .target(name: "CClosures"),
    .target(
      name: "Kernels", dependencies: ["CInstructionSet", "CClosures"],
      swiftSettings: kernelSettings),
    .target(name: "Tensors", dependencies: ["Kernels"]),
    .target(name: "Models", dependencies: ["Tensors"]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Codecs", dependencies: ["CZlib"]),
    .target(name: "Datasets", dependencies: ["Tensors", "Codecs"]),
    .target(name: "Typography"),
    .target(name: "Rendering", dependencies: ["Codecs", "Typography"]),

    // What the learner writes: text to tree, tree to values, values to output.
    .target(name: "Syntax", dependencies: ["Typography"]),
    .target(
      name: "Evaluation",
      dependencies: [
        "Tensors", "Models", "Codecs", "Datasets", "Typography", "Rendering", "Syntax",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .systemLibrary(
      name: "CCommonMark", pkgConfig: "libcmark",
      providers: [.apt(["libcmark-dev"]), .brew(["cmark"])]),
    .target(
      name: "Notebook",
      dependencies: ["Typography", "Evaluation", "Rendering", "Syntax", "CCommonMark"]),

    // What touches the outside: the terminal, the command line, the clock.
    .systemLibrary(
      name: "CLibEdit", pkgConfig: "libedit",
      providers: [.apt(["libedit-dev"])]),
    .target(
      name: "Terminal",
      dependencies: ["CLibEdit", "Typography", "Evaluation", "Notebook", "Rendering", "Syntax"]),
    .executableTarget(
      name: "latent",
      dependencies: [
        "Terminal", "Notebook", "Evaluation", "Rendering", "Typography", argumentParser,
      ]),
    .target(name: "CAllocationCounter"),
    .target(name: "Specimens", dependencies: ["Kernels", "Tensors"]),
    .executableTarget(
      name: "Digests", dependencies: ["Kernels", "Tensors", "Models", "Specimens"]),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Kernels", "Tensors", "Models", "Datasets", "Syntax", "Evaluation", "CAllocationCounter",
        argumentParser,
      ],
      exclude: ["Peers", "README.md"]),

    // One test target per source target, in the same order.
    .testTarget(name: "KernelsTests", dependencies: ["Kernels"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "Kernels", "Specimens"]),
    .testTarget(name: "ModelsTests", dependencies: ["Models", "Tensors", "Kernels"]),
    .testTarget(name: "CodecsTests", dependencies: ["Codecs"]),
    .testTarget(
      name: "DatasetsTests", dependencies: ["Datasets", "Codecs", "Tensors", "Kernels"]),
    .testTarget(name: "TypographyTests", dependencies: ["Typography"]),
    .testTarget(
      name: "RenderingTests", dependencies: ["Rendering", "Codecs", "Typography"],
      exclude: ["Golden"]),
    .testTarget(name: "SyntaxTests", dependencies: ["Syntax"]),
    .testTarget(
      name: "EvaluationTests",
      dependencies: [
        "Evaluation", "Codecs", "Datasets", "Kernels", "Rendering", "Syntax", "Tensors",
      ]),
    .testTarget(
      name: "NotebookTests", dependencies: ["Notebook", "Evaluation", "Rendering", "Syntax"]),
    .target(name: "CPseudoterminal", path: "Tests/CPseudoterminal"),
    .testTarget(
      name: "TerminalTests", dependencies: ["Terminal", "Typography", "Datasets", "CPseudoterminal", "latent"]),
    .testTarget(
      name: "LatentTests",
      dependencies: [
        "latent", "Terminal", "Notebook", "Evaluation", "Syntax", "Datasets", argumentParser,
      ]),
  ],
  swiftLanguageModes: [.v6]
)
