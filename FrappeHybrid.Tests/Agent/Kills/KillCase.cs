using FrappeHybrid.Core.Contracts.Jobs;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

/// <summary>
/// One job type's row of the kill table. For each of its steps the Agent is killed (SIGKILL) while that step runs; once it is cancelled in its middle (in each step when KILL_TABLE names the type),
/// and once it is left alone. Afterwards the job is finished and whole, or undone and says so, and the whole server is compared with what it was before.
/// <para>How to add a job type, in one small file of this folder:</para>
/// <code>
/// internal sealed class ClearCacheKill() : KillCase(SiteJobTypes.ClearCache)
/// {
///     public override Task&lt;Guid&gt; OrderAsync(KillGround ground) =>
///         ground.OrderAsync(SiteRoutes.ForClearCache(ground.Bench, ground.Site), "{}");
/// }
/// </code>
/// <para>It is found by its type; take the type's key out of <see cref="KillTable.ToCome"/>. Override what differs:</para>
/// <list type="bullet">
/// <item><see cref="PrepareAsync"/>: brings the server where the job can be ordered. Share <see cref="KillGround.Bench"/> and <see cref="KillGround.Site"/> (both serve) wherever
/// the job leaves or restores them; make things of your own under <see cref="KillGround.Fresh"/> names only where it cannot. What is made here is part of "before".</item>
/// <item><see cref="AssertFinishedAsync"/>: what a finished job leaves: looks at the change of the inventory and at the thing itself. By default nothing may have changed.</item>
/// <item><see cref="AssertUndoneAsync"/>: beyond the inventory, e.g. that the data is the old one.</item>
/// <item><see cref="MayStay"/>: what an undone job is allowed to leave (a verified safety backup, say), entry by entry.</item>
/// <item><see cref="TidyAsync"/>: takes a finished job's things away, so that the next case meets the ground as this one did.</item>
/// </list>
/// <para>Run one type: <c>-trait Category=Kill</c> with KILL_TABLE=key in the environment.</para>
/// </summary>
internal abstract class KillCase(JobType type)
{
    /// <summary>The job type.</summary>
    public JobType Type { get; } = type;

    /// <summary>Steps that stand in another's way when they are killed, with the reason; empty for nearly every type.</summary>
    public virtual IReadOnlyDictionary<string, string> LeftOut { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What must be there before the job; not counted as the job's.</summary>
    public virtual Task PrepareAsync(KillGround ground) => Task.CompletedTask;

    /// <summary>Orders the job and gives its id.</summary>
    public abstract Task<Guid> OrderAsync(KillGround ground);

    /// <summary>The job says Success.</summary>
    public virtual Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        Assert.Equal("", change.ToString());
        return ground.AssertServesAsync();
    }

    /// <summary>The job says Failure or Cancelled, and the inventory is as before but for what may stay.</summary>
    public virtual Task AssertUndoneAsync(KillGround ground, JobSnapshot job) => ground.AssertServesAsync();

    /// <summary>True for an entry of the inventory that an undone job may leave or take.</summary>
    public virtual bool MayStay(string entry) => false;

    /// <summary>A code that an undone job may say instead of "interrupted" or "cancelled", because its way back has more to tell; null for nearly every type.</summary>
    public virtual string? UndoneCode => null;

    /// <summary>After a finished job: the ground as it was.</summary>
    public virtual Task TidyAsync(KillGround ground, JobSnapshot job) => Task.CompletedTask;

    /// <inheritdoc/>
    public override string ToString() => Type.Key;
}
