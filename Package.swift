// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// For all but the SDK and its libraries, which packages outside may depend on: SwiftPM refuses them unsafe flags.
///
/// Whether two parts of the program use a variable at once is then checked where the compiler can prove it,
/// and no longer while it runs, which took 17 % of the processor time of the default run.
let unchecked = strict + [.unsafeFlags(["-enforce-exclusivity=unchecked"])]

/// For tests that mostly wait for what they test.
///
/// Each expectation is expanded into much code; optimising it was half of the processor time that compiling the
/// command line's tests took. Tests of plugins and libraries compute beside what they test, and are optimised.
let unoptimized = strict + [.unsafeFlags(["-Onone"])]

/// A folder under `SDK/Libraries/`: code that two or more plugins share, or a plugin and the host.
///
/// Each is a product, so that a plugin outside this package can use it too. What it has in C is a target of
/// its own.
struct Library {
  let name: String
  var dependencies: [Target.Dependency] = []
  var hasC = false
  var hasSwift = true
  /// What its tests need beside it.
  var testDependencies: [Target.Dependency] = []

  private var folder: String { "SDK/Libraries/\(name)" }
  private var c: [Target.Dependency] { hasC ? [.target(name: "CQHost\(name)")] : [] }

  var product: Product {
    .library(name: "QHost\(name)", targets: [hasSwift ? "QHost\(name)" : "CQHost\(name)"])
  }

  var targets: [Target] {
    var targets: [Target] = []
    if hasC {
      targets.append(
        .target(
          name: "CQHost\(name)", dependencies: name == "Kernels" ? [] : ["CQHostKernels"],
          path: "\(folder)/Sources/CQHost\(name)"))
    }
    guard hasSwift else { return targets }
    targets += [
      .target(
        name: "QHost\(name)", dependencies: c + dependencies,
        path: "\(folder)/Sources/QHost\(name)", swiftSettings: strict),
      .testTarget(
        name: "QHost\(name)Tests",
        dependencies: [.target(name: "QHost\(name)")] + dependencies + testDependencies,
        path: "\(folder)/Tests/QHost\(name)Tests", swiftSettings: strict),
    ]
    return targets
  }
}

let libraries = [
  Library(name: "Kernels", hasC: true, hasSwift: false),
  Library(name: "Memory"),
  Library(name: "Randomness", hasC: true),
  Library(name: "Networks", hasC: true, testDependencies: ["QHostTesting"]),
  Library(
    name: "Numerics", dependencies: ["QHostInterfaces"], hasC: true,
    testDependencies: ["QHostTesting"]),
  Library(
    name: "Separability", dependencies: ["QHostInterfaces", "QHostStatistics"],
    testDependencies: ["QHostTesting"]),
  Library(name: "Statistics"),
  Library(name: "Datasets", dependencies: ["Czlib", "QHostInterfaces", "QHostMemory"]),
  Library(name: "Drawing", dependencies: ["QHostInterfaces"]),
  Library(name: "Graphs", dependencies: ["QHostInterfaces"]),
  Library(
    name: "ONNX", dependencies: ["QHostGraphs", "QHostInterfaces"],
    testDependencies: ["C99", "NeuralModels", "ONNX", "QHostTesting"]),
  Library(name: "Calling", dependencies: ["Cffi"]),
  Library(name: "Radio"),
  Library(
    name: "YAML", dependencies: ["QHostInterfaces", .product(name: "Yams", package: "Yams")]),
]

/// A folder under `Plugins/`: an algorithm, its export over the C interface, and its tests.
///
/// An algorithm and its export are two targets because all test targets end up in one binary, and
/// two exports would define the entry twice. (`Plugins/` holds no SwiftPM build-tool plugins.)
struct Plugin {
  let name: String
  let library: String
  var dependencies: [Target.Dependency] = []
  /// What its kernels in C depend on beside `CQHostKernels`; `nil`: it has none.
  var kernels: [Target.Dependency]?
  /// Files that its kernels include and that are none themselves.
  var included: [String] = []
  /// What its tests need beside it.
  var testDependencies: [Target.Dependency] = []

  private var folder: String { "Plugins/\(name)" }

  var product: Product {
    .library(name: library, type: .dynamic, targets: ["\(name)Plugin"])
  }

  var targets: [Target] {
    let c: [Target.Dependency] = kernels == nil ? [] : [.target(name: "C\(name)")]
    return [
      .target(
        name: name, dependencies: ["QHostInterfaces"] + c + dependencies,
        path: "\(folder)/Sources/\(name)", swiftSettings: unchecked),
      .target(
        name: "\(name)Plugin", dependencies: [.target(name: name), "QHostSDK"],
        path: "\(folder)/Sources/\(name)Plugin", swiftSettings: unchecked),
      .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name), "QHostInterfaces", "QHostTesting"] + dependencies
          + testDependencies,
        path: "\(folder)/Tests/\(name)Tests", swiftSettings: strict),
    ]
      + (kernels.map {
        [
          .target(
            name: "C\(name)", dependencies: ["CQHostKernels"] + $0,
            path: "\(folder)/Sources/C\(name)", exclude: included)
        ]
      } ?? [])
  }
}

let plugins = [
  Plugin(
    name: "AnomalyDetectors", library: "qhost-anomaly-detectors", dependencies: ["QHostNumerics"],
    kernels: [], testDependencies: ["CAnomalyDetectors"]),
  Plugin(
    name: "AntennaTilt", library: "qhost-antenna-tilt",
    dependencies: ["QHostMemory", "QHostRadio", "QHostRandomness"], kernels: [],
    testDependencies: ["QHostPluginTesting", "QHostRuntime"]),
  Plugin(
    name: "BipartiteFunctions", library: "qhost-bipartite-functions",
    dependencies: ["QHostRandomness", "QHostSeparability"]),
  Plugin(
    name: "C99", library: "qhost-c99", dependencies: ["QHostGraphs"],
    testDependencies: ["QHostPluginTesting", "QHostRuntime"]),
  Plugin(
    name: "ClassicalOptimizers", library: "qhost-classical-optimizers",
    dependencies: ["QHostNumerics"]),
  Plugin(
    name: "Compressors", library: "qhost-compressors",
    dependencies: ["QHostMemory", "QHostNetworks"], kernels: [],
    testDependencies: ["NeuralModels", "QHostPluginTesting", "QHostRuntime"]),
  Plugin(
    name: "DriftingStreams", library: "qhost-drifting-streams", dependencies: ["QHostDatasets"],
    testDependencies: ["QHostPluginTesting", "QHostRuntime"]),
  Plugin(
    name: "EvolutionaryOptimizers", library: "qhost-evolutionary-optimizers",
    dependencies: ["QHostNumerics", "QHostStatistics"]),
  Plugin(
    name: "ForeignFunctions", library: "qhost-foreign-functions",
    dependencies: ["QHostCalling", "QHostDatasets", "QHostMemory", "QHostNumerics", "QHostYAML"],
    kernels: ["Cdw"], testDependencies: ["NLoptOptimizers", "QHostPluginTesting", "QHostRuntime"]),
  Plugin(
    name: "LinkAdaptation", library: "qhost-link-adaptation",
    dependencies: ["QHostMemory", "QHostRadio", "QHostRandomness", "QHostStatistics"],
    kernels: ["CQHostNetworks", "CQHostRandomness"], included: ["teacher.weights"],
    testDependencies: ["QHostPluginTesting", "QHostRuntime"]),
  Plugin(
    name: "MOS6502", library: "qhost-mos6502",
    dependencies: ["QHostDrawing", "QHostGraphs", "QHostNetworks"],
    testDependencies: ["QHostPluginTesting", "QHostRuntime"]),
  Plugin(
    name: "NeuralModels", library: "qhost-neural-models",
    dependencies: ["COpenBLAS", "CQHostNetworks", "QHostMemory", "QHostNetworks"],
    kernels: ["CQHostNetworks"]),
  Plugin(name: "ONNX", library: "qhost-onnx", dependencies: ["QHostONNX"]),
  Plugin(
    name: "NLoptOptimizers", library: "qhost-nlopt-optimizers",
    dependencies: ["QHostCalling", "QHostNumerics"]),
  Plugin(
    name: "QuantumNeurons", library: "qhost-quantum-neurons",
    dependencies: ["QHostMemory", "QHostNumerics"], kernels: [],
    testDependencies: ["QHostPluginTesting", "QHostRuntime"]),
  Plugin(
    name: "QuantumStates", library: "qhost-quantum-states", dependencies: ["QHostNumerics"],
    kernels: [], testDependencies: ["QHostPluginTesting", "QHostRuntime"]),
  Plugin(
    name: "Reservoirs", library: "qhost-reservoirs",
    testDependencies: ["ClassicalOptimizers", "QHostPluginTesting", "QHostRuntime"]),
  Plugin(
    name: "SchrodingerSolvers", library: "qhost-schrodinger-solvers",
    dependencies: ["QHostNumerics"], kernels: []),
  Plugin(
    name: "SeriesDatasets", library: "qhost-series-datasets", dependencies: ["QHostDatasets"],
    testDependencies: ["QHostRuntime", "QHostRuntimeTesting"]),
  Plugin(
    name: "SpikingNeurons", library: "qhost-spiking-neurons",
    dependencies: ["Chdf5", "QHostMemory"], kernels: []),
  Plugin(
    name: "StandardDatasets", library: "qhost-standard-datasets",
    dependencies: ["QHostDatasets", "QHostYAML"]),
  Plugin(
    name: "SubBandAllocation", library: "qhost-sub-band-allocation",
    dependencies: ["QHostRadio", "QHostRandomness"],
    testDependencies: ["QHostPluginTesting", "QHostRuntime"]),
  Plugin(
    name: "Tunneling", library: "qhost-tunneling", dependencies: ["QHostNumerics"],
    testDependencies: ["SchrodingerSolvers"]),
]

let host: [Target] = [
  .target(name: "QHostInterfaces", swiftSettings: strict),
  .target(name: "CQHostGuard"),
  .target(name: "CQHostRuntime", dependencies: ["CQHostKernels"]),
  .target(
    name: "QHostBridging", dependencies: ["CQHost", "CQHostGuard", "QHostInterfaces"],
    swiftSettings: strict),
  .target(
    name: "QHostRuntime",
    dependencies: [
      "CQHost", "CQHostGuard", "CQHostRuntime", "Ccrypto", "Cxxhash", "QHostBridging",
      "QHostDrawing",
      "QHostGraphs", "QHostInterfaces", "QHostMemory", "QHostNetworks", "QHostONNX",
      "QHostRandomness", "QHostSeparability", "QHostStatistics",
      .product(name: "Logging", package: "swift-log"),
    ], swiftSettings: unchecked),
  .target(name: "CQHostIsolation"),
  .target(
    name: "QHostIsolating",
    dependencies: [
      "CQHostGuard", "CQHostIsolation", "QHostBridging", "QHostInterfaces", "QHostRuntime",
      .product(name: "Logging", package: "swift-log"),
    ], swiftSettings: unchecked),
  .target(
    name: "QHostComparing",
    dependencies: [
      "QHostBridging", "QHostDatasets", "QHostInterfaces", "QHostRuntime", "QHostStatistics",
      .product(name: "Logging", package: "swift-log"),
      .product(name: "Yams", package: "Yams"),
    ], swiftSettings: unchecked),
  .target(
    name: "QHostValidating",
    dependencies: [
      "CQHost", "CQHostIsolation", "CQHostRuntime", "QHostBridging", "QHostInterfaces",
      "QHostRuntime",
      .product(name: "Logging", package: "swift-log"),
    ], swiftSettings: unchecked),
  .target(
    name: "QHostTrusting", dependencies: ["Csodium", "QHostRuntime"], swiftSettings: unchecked),
  .target(
    name: "QHostReport",
    dependencies: ["QHostComparing", "QHostDrawing", "QHostRuntime", "QHostStatistics"],
    swiftSettings: unchecked),
  .target(
    name: "QHostQuerying",
    dependencies: ["Csqlite", "QHostComparing", "QHostInterfaces", "QHostRuntime"],
    swiftSettings: unchecked),
  .target(
    name: "QHostServing",
    dependencies: [
      "QHostComparing", "QHostDrawing", "QHostInterfaces", "QHostReport", "QHostRuntime",
      "QHostStatistics",
      .product(name: "FlyingFox", package: "FlyingFox"),
      .product(name: "FlyingSocks", package: "FlyingFox"),
    ], swiftSettings: unchecked),
  .target(name: "CLibQHost", path: "SDK/Bindings/C"),
  .target(
    name: "QHostLibrary",
    dependencies: [
      "CLibQHost", "CQHost", "QHostBridging", "QHostInterfaces", "QHostIsolating", "QHostRuntime",
      "QHostSDK", "QHostTrusting",
      .product(name: "Logging", package: "swift-log"),
    ], swiftSettings: unchecked),
  .executableTarget(
    name: "QHostCLI",
    dependencies: [
      "CQHostGuard", "CQHostIsolation", "QHostBridging", "QHostComparing", "QHostDrawing",
      "QHostInterfaces", "QHostIsolating", "QHostQuerying", "QHostReport", "QHostRuntime",
      "QHostServing", "QHostStatistics", "QHostTrusting", "QHostValidating",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
      .product(name: "Logging", package: "swift-log"),
    ], swiftSettings: unchecked,
    // An installed qhost finds Swift's own libraries there: see Scripts/install.
    linkerSettings: [
      .unsafeFlags(
        ["-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/../lib/qhost"], .when(platforms: [.linux]))
    ]),
]

let systemLibraries: [Target] = [
  .systemLibrary(
    name: "COpenBLAS", path: "Plugins/NeuralModels/Sources/COpenBLAS", pkgConfig: "openblas",
    providers: [.apt(["libopenblas-pthread-dev"])]),
  .systemLibrary(
    name: "Cdw", path: "Plugins/ForeignFunctions/Sources/Cdw", pkgConfig: "libdw",
    providers: [.apt(["libdw-dev"])]),
  .systemLibrary(
    name: "Cffi", path: "SDK/Libraries/Calling/Sources/Cffi", pkgConfig: "libffi",
    providers: [.apt(["libffi-dev"])]),
  .systemLibrary(
    name: "Chdf5", path: "Plugins/SpikingNeurons/Sources/Chdf5", pkgConfig: "hdf5",
    providers: [.apt(["libhdf5-dev"])]),
  .systemLibrary(
    name: "Csqlite", path: "Sources/Csqlite", pkgConfig: "sqlite3",
    providers: [.apt(["libsqlite3-dev"])]),
  .systemLibrary(
    name: "Csodium", path: "Sources/Csodium", pkgConfig: "libsodium",
    providers: [.apt(["libsodium-dev"])]),
  .systemLibrary(
    name: "Cxxhash", path: "Sources/Cxxhash", pkgConfig: "libxxhash",
    providers: [.apt(["libxxhash-dev"])]),
  .systemLibrary(
    name: "Czlib", path: "SDK/Libraries/Datasets/Sources/Czlib", pkgConfig: "zlib",
    providers: [.apt(["zlib1g-dev"])]),
  .systemLibrary(
    name: "Ccrypto", path: "Sources/Ccrypto", pkgConfig: "libcrypto",
    providers: [.apt(["libssl-dev"])]),
]

let sdk: [Target] = [
  .target(name: "CQHost", path: "SDK/C", exclude: ["layout.golden"]),
  .target(
    name: "QHostSDK", dependencies: ["CQHost", "QHostBridging", "QHostInterfaces"],
    path: "SDK/Swift",
    swiftSettings: strict),
]

let tests: [Target] = [
  .target(
    name: "QHostTesting", dependencies: ["QHostInterfaces", "QHostNetworks", "QHostRandomness"],
    path: "Tests/QHostTesting", swiftSettings: strict),
  .testTarget(
    name: "QHostInterfacesTests", dependencies: ["QHostInterfaces", "QHostTesting"],
    swiftSettings: unoptimized),
  .testTarget(
    name: "QHostBridgingTests",
    dependencies: ["CQHost", "QHostBridging", "QHostInterfaces", "QHostSDK", "QHostTesting"],
    swiftSettings: unoptimized),
  .target(
    name: "QHostRuntimeTesting",
    dependencies: [
      "QHostBridging", "QHostInterfaces", "QHostRuntime", "QHostSDK", "QHostTesting",
      .product(name: "Logging", package: "swift-log"),
    ], path: "Tests/QHostRuntimeTesting", swiftSettings: strict),
  .testTarget(
    name: "QHostComparingTests",
    dependencies: [
      "QHostBridging", "QHostComparing", "QHostInterfaces", "QHostRuntime", "QHostRuntimeTesting",
      "QHostTesting",
    ], swiftSettings: unoptimized),
  .testTarget(
    name: "QHostRuntimeTests",
    dependencies: [
      "QHostBridging", "QHostInterfaces", "QHostNetworks", "QHostRandomness", "QHostRuntime",
      "QHostRuntimeTesting", "QHostSDK", "QHostTesting",
      .product(name: "Logging", package: "swift-log"),
    ], swiftSettings: unoptimized),
  .testTarget(
    name: "QHostReportTests",
    dependencies: [
      "QHostComparing", "QHostDrawing", "QHostReport", "QHostRuntime", "QHostStatistics",
    ], swiftSettings: unoptimized),
  .testTarget(name: "QHostCLITests", swiftSettings: unoptimized),
  .testTarget(
    name: "QHostLibraryTests", dependencies: ["CLibQHost", "QHostLibrary"],
    swiftSettings: unoptimized),
  .testTarget(name: "ProjectTests", swiftSettings: strict),
  .testTarget(
    name: "QHostTrustingTests", dependencies: ["Csodium", "QHostRuntime", "QHostTrusting"],
    swiftSettings: unoptimized),
  .target(
    name: "QHostPluginTesting",
    dependencies: [
      "QHostBridging", "QHostInterfaces", "QHostRuntime", "QHostTesting",
      .product(name: "Logging", package: "swift-log"),
    ], path: "Tests/QHostPluginTesting", swiftSettings: strict),
  .testTarget(
    name: "CQHostTests",
    dependencies: ["CQHost", "QHostPluginTesting", "QHostRuntime", "QHostTesting"],
    swiftSettings: unoptimized),
  .testTarget(
    name: "ConformanceTests",
    dependencies: [
      "AnomalyDetectors", "AntennaTilt", "BipartiteFunctions", "C99", "CQHost",
      "ClassicalOptimizers", "Compressors",
      "DriftingStreams", "EvolutionaryOptimizers", "ForeignFunctions", "LinkAdaptation", "MOS6502",
      "NLoptOptimizers",
      "NeuralModels", "ONNX", "QHostBridging", "QHostInterfaces", "QHostPluginTesting",
      "QHostRuntime", "QHostTesting", "QuantumNeurons", "QuantumStates", "Reservoirs",
      "SchrodingerSolvers", "SeriesDatasets",
      "SpikingNeurons", "StandardDatasets", "SubBandAllocation", "Tunneling",
    ], swiftSettings: unoptimized),
  .testTarget(
    name: "PluginTests",
    dependencies: [
      "CQHost", "QHostBridging", "QHostInterfaces", "QHostPluginTesting", "QHostRuntime",
      "QHostRuntimeTesting", "QHostTesting",
    ], swiftSettings: unoptimized),
]

/// What measures kernels beside their plain twins, and cuts of spiking networks: built on request alone, by `Benchmarks/kernels` and
/// `Benchmarks/spiking-cuts`.
let benchmarks: [Target] = [
  .executableTarget(
    name: "kernel-benchmarks",
    dependencies: [
      "AntennaTilt", "CAnomalyDetectors", "CCompressors", "CLinkAdaptation", "CNeuralModels",
      "CQHostRuntime", "CQuantumStates", "CSpikingNeurons", "Compressors", "EvolutionaryOptimizers",
      "NeuralModels", "QHostMemory", "QHostNetworks", "QHostNumerics", "QHostRandomness",
      "QHostRuntime", "QuantumNeurons", "SchrodingerSolvers", "StandardDatasets",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ], path: "Benchmarks/KernelBenchmarks", swiftSettings: unchecked),
  .executableTarget(
    name: "spiking-benchmarks",
    dependencies: [
      "CSpikingNeurons", "QHostInterfaces", "QHostMemory", "QHostTesting", "SpikingNeurons",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ], path: "Benchmarks/SpikingBenchmarks", swiftSettings: unchecked),
]
let measuresKernels = Context.environment["QHOST_KERNEL_BENCHMARKS"] != nil

let package = Package(
  name: "qhost",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "qhost", targets: ["QHostCLI"]),
    .library(name: "QHostSDK", targets: ["CQHost", "QHostInterfaces", "QHostSDK"]),
    // Installed as libqhost.so; SwiftPM ignores a second product of the program's own name.
    .library(name: "QHostLibrary", type: .dynamic, targets: ["QHostLibrary"]),
  ] + libraries.map(\.product) + plugins.map(\.product),
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: host + systemLibraries + sdk + tests + libraries.flatMap(\.targets)
    + plugins.flatMap(\.targets) + (measuresKernels ? benchmarks : []),
  cLanguageStandard: .c11
)
