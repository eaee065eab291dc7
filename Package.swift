// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// For all but the SDK, which packages outside may depend on: SwiftPM refuses them unsafe flags.
///
/// Whether two parts of the program use a variable at once is then checked where the compiler can prove it,
/// and no longer while it runs, which took 17 % of the processor time of the default run.
let unchecked = strict + [.unsafeFlags(["-enforce-exclusivity=unchecked"])]

/// A folder under `Plugins/`: an algorithm, its export over the C interface, and its tests.
///
/// An algorithm and its export are two targets because all test targets end up in one binary, and
/// two exports would define the entry twice. (`Plugins/` holds no SwiftPM build-tool plugins.)
struct Plugin {
  let name: String
  let library: String
  var dependencies: [Target.Dependency] = []

  var product: Product {
    .library(name: library, type: .dynamic, targets: ["\(name)Plugin"])
  }

  var targets: [Target] {
    [
      .target(
        name: name, dependencies: ["QHostInterfaces"] + dependencies,
        path: "Plugins/\(name)/Sources/\(name)", swiftSettings: unchecked),
      .target(
        name: "\(name)Plugin", dependencies: [.target(name: name), "QHostSDK"],
        path: "Plugins/\(name)/Sources/\(name)Plugin", swiftSettings: unchecked),
      .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name), "QHostInterfaces", "QHostKernels", "QHostTesting"],
        path: "Plugins/\(name)/Tests/\(name)Tests", swiftSettings: strict),
    ]
  }
}

let plugins = [
  Plugin(name: "C99", library: "qhost-c99"),
  Plugin(
    name: "ClassicalOptimizers", library: "qhost-classical-optimizers",
    dependencies: ["QHostKernels", "QHostNumerics"]),
  Plugin(
    name: "EvolutionaryOptimizers", library: "qhost-evolutionary-optimizers",
    dependencies: ["QHostKernels", "QHostNumerics"]),
  Plugin(name: "MOS6502", library: "qhost-mos6502", dependencies: ["QHostKernels"]),
  Plugin(
    name: "NeuralModels", library: "qhost-neural-models",
    dependencies: ["QHostKernels", "COpenBLAS"]),
  Plugin(name: "ONNX", library: "qhost-onnx", dependencies: ["QHostONNX"]),
  Plugin(
    name: "NLoptOptimizers", library: "qhost-nlopt-optimizers", dependencies: ["QHostCalling"]),
  Plugin(
    name: "SchrodingerSolvers", library: "qhost-schrodinger-solvers",
    dependencies: ["QHostKernels"]),
  Plugin(name: "StandardDatasets", library: "qhost-standard-datasets", dependencies: ["Czlib"]),
  Plugin(name: "Tunneling", library: "qhost-tunneling", dependencies: ["QHostNumerics"]),
]

let host: [Target] = [
  .target(name: "QHostInterfaces", swiftSettings: strict),
  .target(name: "CQHostKernels"),
  .target(name: "QHostKernels", dependencies: ["CQHostKernels"], swiftSettings: unchecked),
  .target(
    name: "QHostNumerics", dependencies: ["QHostInterfaces", "QHostKernels"],
    swiftSettings: unchecked),
  .target(name: "QHostStatistics", swiftSettings: unchecked),
  .target(name: "QHostGraphs", dependencies: ["QHostInterfaces"], swiftSettings: unchecked),
  .target(
    name: "QHostONNX", dependencies: ["QHostGraphs", "QHostInterfaces"], swiftSettings: unchecked),
  .target(name: "QHostCalling", dependencies: ["Cffi"], swiftSettings: unchecked),
  .target(name: "CQHostGuard"),
  .target(
    name: "QHostBridging", dependencies: ["CQHost", "CQHostGuard", "QHostInterfaces"],
    swiftSettings: strict),
  .target(
    name: "QHostRuntime",
    dependencies: [
      "CQHost", "CQHostGuard", "CQHostKernels", "Ccrypto", "QHostBridging", "QHostGraphs",
      "QHostInterfaces", "QHostKernels", "QHostONNX", "QHostStatistics",
      .product(name: "Logging", package: "swift-log"),
      .product(name: "Yams", package: "Yams"),
    ], swiftSettings: unchecked),
  .target(
    name: "QHostReport", dependencies: ["QHostRuntime", "QHostStatistics"], swiftSettings: unchecked
  ),
  .executableTarget(
    name: "QHostCLI",
    dependencies: [
      "CQHostGuard", "QHostBridging", "QHostInterfaces", "QHostReport", "QHostRuntime",
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
    name: "COpenBLAS", path: "Sources/COpenBLAS", pkgConfig: "openblas",
    providers: [.apt(["libopenblas-pthread-dev"])]),
  .systemLibrary(
    name: "Cffi", path: "Sources/Cffi", pkgConfig: "libffi", providers: [.apt(["libffi-dev"])]),
  .systemLibrary(
    name: "Czlib", path: "Sources/Czlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
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
    name: "QHostTesting", dependencies: ["QHostInterfaces", "QHostKernels"],
    path: "Tests/QHostTesting", swiftSettings: strict),
  .testTarget(name: "QHostKernelsTests", dependencies: ["QHostKernels"], swiftSettings: strict),
  .testTarget(name: "QHostCallingTests", dependencies: ["QHostCalling"], swiftSettings: strict),
  .testTarget(
    name: "QHostNumericsTests", dependencies: ["QHostInterfaces", "QHostNumerics", "QHostTesting"],
    swiftSettings: strict),
  .testTarget(
    name: "QHostStatisticsTests", dependencies: ["QHostStatistics"], swiftSettings: strict),
  .testTarget(
    name: "QHostInterfacesTests", dependencies: ["QHostInterfaces", "QHostTesting"],
    swiftSettings: strict),
  .testTarget(
    name: "QHostGraphsTests", dependencies: ["QHostGraphs", "QHostInterfaces"],
    swiftSettings: strict),
  .testTarget(
    name: "QHostONNXTests",
    dependencies: [
      "NeuralModels", "ONNX", "QHostGraphs", "QHostInterfaces", "QHostONNX", "QHostTesting",
    ], swiftSettings: strict),
  .testTarget(
    name: "QHostBridgingTests",
    dependencies: ["CQHost", "QHostBridging", "QHostInterfaces", "QHostSDK", "QHostTesting"],
    swiftSettings: strict),
  .testTarget(
    name: "QHostRuntimeTests",
    dependencies: [
      "QHostBridging", "QHostInterfaces", "QHostKernels", "QHostRuntime", "QHostSDK",
      "QHostTesting", .product(name: "Logging", package: "swift-log"),
    ], swiftSettings: strict),
  .testTarget(
    name: "QHostReportTests", dependencies: ["QHostReport", "QHostRuntime"], swiftSettings: strict),
  .testTarget(name: "QHostCLITests", swiftSettings: strict),
  .testTarget(name: "ProjectTests", swiftSettings: strict),
  .target(
    name: "QHostPluginTesting",
    dependencies: [
      "QHostBridging", "QHostInterfaces", "QHostRuntime",
      .product(name: "Logging", package: "swift-log"),
    ], path: "Tests/QHostPluginTesting", swiftSettings: strict),
  .testTarget(
    name: "CQHostTests", dependencies: ["CQHost", "QHostPluginTesting", "QHostRuntime"],
    swiftSettings: strict),
  .testTarget(
    name: "ConformanceTests",
    dependencies: [
      "C99", "CQHost", "ClassicalOptimizers", "EvolutionaryOptimizers", "MOS6502",
      "NLoptOptimizers", "NeuralModels", "ONNX", "QHostBridging", "QHostInterfaces",
      "QHostPluginTesting", "QHostRuntime", "QHostTesting", "SchrodingerSolvers",
      "StandardDatasets", "Tunneling",
    ], swiftSettings: strict),
  .testTarget(
    name: "PluginTests",
    dependencies: [
      "QHostBridging", "QHostInterfaces", "QHostPluginTesting", "QHostRuntime",
    ], swiftSettings: strict),
]

let package = Package(
  name: "qhost",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "qhost", targets: ["QHostCLI"]),
    .library(name: "QHostSDK", targets: ["QHostSDK"]),
  ] + plugins.map(\.product),
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: host + systemLibraries + sdk + tests + plugins.flatMap(\.targets),
  cLanguageStandard: .c11
)
