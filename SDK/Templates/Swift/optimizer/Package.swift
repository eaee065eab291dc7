// swift-tools-version: 6.2
import PackageDescription

// The folder of qhost's sources; the variable QHOST_CHECKOUT goes before what stands here.
let checkout = Context.environment["QHOST_CHECKOUT"] ?? "../../../.."

// Swift's libraries become part of the plugin, and only its entry can be seen from outside: it needs no
// toolchain, and plugins built by different ones live in one host.
let linking = [
  "-static-stdlib", "-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map",
  "-Xlinker", "--gc-sections", "-Xlinker", "--strip-all",
]

let package = Package(
  name: "qhost-my-optimizer",
  platforms: [.macOS(.v15)],
  products: [.library(name: "qhost-my-optimizer", type: .dynamic, targets: ["MyOptimizer"])],
  dependencies: [.package(name: "qhost", path: checkout)],
  targets: [
    .target(
      name: "MyOptimizer", dependencies: [.product(name: "QHostSDK", package: "qhost")],
      swiftSettings: [.swiftLanguageMode(.v6)], linkerSettings: [.unsafeFlags(linking)])
  ]
)
