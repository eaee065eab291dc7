import Foundation
import QHostRuntime
import QHostTrusting
import Testing

@Suite("Trust in a plugin's file")
final class TrustTests {
  private let folder = NSTemporaryDirectory() + "qhost-trust-" + UUID().uuidString
  private let summary = PluginSummary(
    vendor: "v", name: "mine", version: "1.2", summary: "", licence: "MIT", components: [])
  private let content = Array("a plugin".utf8)
  private var path: String { folder + "/libqhost-mine.so" }

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileAccess.write(content, to: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func sha256(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { SHA256Digest.of($0) } }

  private func trust(_ list: TrustList) -> Trust {
    Trust(of: path, summary, by: list, ownFolders: [])
  }

  private func sign(_ signer: TestSigner, comment: String? = nil) throws {
    let claim = comment ?? SignedClaim(summary, sha256: sha256(content)).text
    try FileAccess.write(signer.lines(content, comment: claim).file, to: path + ".minisig")
  }

  private func keys(_ signer: TestSigner) -> TrustList {
    var list = TrustList()
    list.keys = [TrustList.Key(name: "ada", key: signer.key)]
    return list
  }

  @Test("nobody vouches for a file at first, and qhost for its own")
  func ownPluginsAreTrusted() {
    #expect(trust(TrustList()) == .none(reason: nil))
    #expect(Trust(of: path, summary, by: TrustList(), ownFolders: [folder]) == .builtIn)
  }

  @Test("content is trusted until it changes, under any name")
  func contentIsTrusted() throws {
    var list = TrustList()
    list.files = [
      TrustList.File(sha256: sha256(content), plugin: "mine", version: "1.2", path: path)
    ]
    #expect(trust(list) == .content)
    try FileAccess.move(path, to: folder + "/libqhost-other.so")
    #expect(
      Trust(of: folder + "/libqhost-other.so", summary, by: list, ownFolders: []) == .content)
    try FileAccess.write(content + [1], to: path)
    guard case .none(let reason?) = trust(list) else {
      Issue.record("a changed file is trusted")
      return
    }
    #expect(reason.contains("has changed since it was trusted as version 1.2"))
  }

  @Test("a signature of a trusted key counts")
  func aSignatureCounts() throws {
    let signer = TestSigner(seed: 3)
    try sign(signer)
    #expect(trust(keys(signer)) == .key(name: "ada"))
  }

  @Test("a signature of another key does not count, and the reason has that key's number")
  func anotherKeyDoesNot() throws {
    try sign(TestSigner(seed: 4))
    guard case .none(let reason?) = trust(keys(TestSigner(seed: 3))) else {
      Issue.record("the file is trusted")
      return
    }
    #expect(reason.contains("signed by the key") && reason.contains("not among those you trust"))
  }

  @Test("a signature does not count once the file has changed")
  func aChangedFileDoesNot() throws {
    let signer = TestSigner(seed: 3)
    try sign(signer)
    try FileAccess.write(content + [1], to: path)
    guard case .none(let reason?) = trust(keys(signer)) else {
      Issue.record("the file is trusted")
      return
    }
    #expect(reason.contains("not a valid signature of this file by 'ada'"))
  }

  @Test(
    "a valid signature for another plugin, version or digest does not count",
    arguments: ["timestamp:1\tfile:libqhost-mine.so\thashed", "other 1.2", "mine 1.1", "mine 1.2 "])
  func anotherClaimDoesNot(_ text: String) throws {
    let signer = TestSigner(seed: 3)
    try sign(signer, comment: "qhost plugin \(text) sha256:\(sha256(content))")
    guard case .none(let reason?) = trust(keys(signer)) else {
      Issue.record("the file is trusted")
      return
    }
    #expect(reason.contains("qhost plugin mine 1.2 sha256:"))
  }

  @Test(
    "a file that everybody may write is not trusted, nor one in such a folder, nor somebody else's")
  func unsafeFilesAreNot() throws {
    var list = TrustList()
    list.files = [
      TrustList.File(sha256: sha256(content), plugin: "mine", version: "1.2", path: path)
    ]
    for target in [path, folder] {
      chmod(target, 0o777)
      guard case .none(let reason?) = trust(list) else {
        Issue.record("the file is trusted")
        return
      }
      #expect(reason.contains("can be changed by every user"), "\(reason)")
      chmod(target, 0o755)
    }
    #expect(trust(list) == .content)
    guard geteuid() == 0 else { return }
    chown(path, 12345, 12345)
    guard case .none(let reason?) = trust(list) else {
      Issue.record("the file is trusted")
      return
    }
    #expect(reason.contains("belongs to another user (12345)"))
  }

  @Test("a list is kept as it was, for its user alone, and a damaged or foreign one is refused")
  func listsAreKept() throws {
    var list = keys(TestSigner(seed: 5))
    list.files = [
      TrustList.File(sha256: sha256(content), plugin: "mine", version: "1.2", path: path)
    ]
    let file = folder + "/deep/trust.json"
    #expect(try TrustList(reading: file) == TrustList())
    try list.write(to: file)
    #expect(try TrustList(reading: file) == list)
    #expect(
      try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
    chmod(file, 0o666)
    #expect(throws: RunError.self) { try TrustList(reading: file) }
    try FileAccess.write(
      Array("{\"schema\":\"qhost.trust/9\",\"files\":[],\"keys\":[]}".utf8), to: file)
    chmod(file, 0o600)
    #expect(throws: RunError.self) { try TrustList(reading: file) }
  }
}
