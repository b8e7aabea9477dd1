using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Agent.Settings;

namespace FrappeHybrid.Agent.Jobs;

/// <summary>
/// Secrets of requests: one file a job, readable by the Agent only, on the disk before the job is accepted (a restart needs it), gone when the job
/// ends. No row of agent.db ever holds one.
/// </summary>
internal sealed class JobSecrets
{
    private readonly string folder;
    private readonly byte[] digestKey;

    public JobSecrets(AgentPaths paths)
    {
        folder = paths.SecretsFolder;
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        digestKey = OpenDigestKey(Path.Combine(folder, "digest.key"));
    }

    /// <summary>
    /// What tells one request from another under the same idempotency key. Keyed, because a request holds a password that a person chose, and a plain
    /// hash in agent.db would let anybody with a copy of that file try passwords against it.
    /// </summary>
    public string Digest(string type, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, digestKey);
        hash.AppendData(Encoding.UTF8.GetBytes(type + "\n"));
        hash.AppendData(body);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    public void Keep(Guid job, string secret) => DurableFile.Write(FileOf(job), secret, DurableFile.Secret);

    /// <summary>The secret, or null when the job has none.</summary>
    public string? Find(Guid job) => File.Exists(FileOf(job)) ? File.ReadAllText(FileOf(job)) : null;

    public void Forget(Guid job)
    {
        File.Delete(FileOf(job));
        DurableFile.FlushFolder(folder);
    }

    /// <summary>Takes away what a kill has left: files of jobs that have ended, or that were never accepted.</summary>
    public void ForgetAllBut(IReadOnlySet<Guid> unfinished)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            var name = Path.GetFileName(file);
            if (name != "digest.key" && (!Guid.TryParseExact(name, "D", out var job) || !unfinished.Contains(job)))
                File.Delete(file);
        }
    }

    private string FileOf(Guid job) => Path.Combine(folder, job.ToString("D", CultureInfo.InvariantCulture));

    private static byte[] OpenDigestKey(string file)
    {
        if (!File.Exists(file))
            DurableFile.Write(file, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)), DurableFile.Secret);

        return Convert.FromHexString(File.ReadAllText(file));
    }
}
