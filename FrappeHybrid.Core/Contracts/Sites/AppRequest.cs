using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>`POST /benches/{bench}/sites/{site}/apps` installs the app, `.../apps/uninstall` uninstalls it. Answers 202 with a <see cref="Jobs.JobSnapshot"/>.</summary>
/// <param name="App">In the bench's image; never frappe itself.</param>
public sealed record AppRequest(AppName App);
