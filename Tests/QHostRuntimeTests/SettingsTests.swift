import QHostRuntime
import Testing

@Suite("Settings")
struct SettingsTests {
  @Test("Words are split at the first equals sign; the last of a key counts")
  func words() throws {
    let settings = try Settings(["a.b=1", "c.d=x=y", "a.b=2", "e.f="])
    #expect(settings["a.b"] == "2")
    #expect(settings["c.d"] == "x=y")
    #expect(settings["e.f"] == "")
    #expect(settings["g"] == nil)
  }

  @Test("solver is short for optimizer.solver")
  func solver() throws {
    let settings = try Settings(["solver=s", "solver.grid=64", "solverless=1"])
    #expect(settings["optimizer.solver"] == "s")
    #expect(settings["optimizer.solver.grid"] == "64")
    #expect(settings["solverless"] == "1")
  }

  @Test("A word without key or equals sign is refused", arguments: ["", "=", "=1", "a.b"])
  func refused(word: String) {
    let error = #expect(throws: RunError.self) { _ = try Settings([word]) }
    #expect(error?.message.contains("'\(word)' is not of the form key=value") == true)
  }

  @Test("Those under a place are that place's alone")
  func under() throws {
    let settings = try Settings(["model.a=1", "model.inner.b=2", "models.c=3", "model=4"])
    #expect(Set(settings.under("model").values.keys) == ["model.a", "model.inner.b", "model"])
  }
}
