namespace FrappeHybrid.Core.Contracts.Backups;

/// <summary>`POST /benches/{bench}/sites/{site}/uploads/{upload}`: all files are there. Answers 202 with a job whose result is a <see cref="BackupRecord"/>.</summary>
/// <param name="UploadId">The upload; the backup keeps its id.</param>
public sealed record KeepUploadRequest(Guid UploadId);
