// swift-tools-version: 6.2
import PackageDescription

// Where qhost's sources are: this folder's own place among them, or what the environment says.
let checkout = Context.environment["QHOST_CHECKOUT"] ?? "../../.."

let package = Package(
  name: "qhost-example-sign-adam",
  platforms: [.macOS(.v15)],
  products: [
    // The host finds libraries by their name, libqhost-*.so.
    .library(name: "qhost-example-sign-adam", type: .dynamic, targets: ["SignAdam"])
  ],
  dependencies: [.package(name: "qhost", path: checkout)],
  targets: [
    .target(
      name: "SignAdam",
      dependencies: [
        .product(name: "QHostSDK", package: "qhost"),
        .product(name: "QHostNumerics", package: "qhost"),
      ],
      swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
