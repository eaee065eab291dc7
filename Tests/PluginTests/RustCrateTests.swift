import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite(
  "The Rust crate", .enabled(if: GeneratedLanguage.rust.isPresent, "there is no cargo"))
struct RustCrateTests {
  @Test("Its tables are those of the header, and its own tests pass without a warning")
  func tests() throws {
    let crate = BuiltProducts.sources + "/SDK/Rust/qhost-plugin/Cargo.toml"
    let run = try Program(
      "cargo", ["test", "--offline", "--manifest-path", crate],
      environment: ["CARGO_TARGET_DIR": TemporaryFolder.ofProcess.path + "/cargo"],
      timeoutSeconds: 300)
    #expect(run.ending == .exited(0), "\(run.output)\(run.errors)")
    #expect(run.output.contains("every_struct_and_member_is_where_the_header_has_it ... ok"))
    #expect(!run.errors.contains("warning"), "\(run.errors)")
  }
}
