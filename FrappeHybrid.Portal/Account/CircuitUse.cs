using Microsoft.AspNetCore.Components.Server.Circuits;

namespace FrappeHybrid.Portal.Account;

/// <summary>Whether somebody did something on this open page: an open page alone does not keep a session alive.</summary>
internal sealed class CircuitUse : CircuitHandler
{
    private int isUsed;

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => context =>
    {
        Interlocked.Exchange(ref isUsed, 1);
        return next(context);
    };

    /// <summary>Whether there was anything since the last time that this was asked.</summary>
    public bool Take() => Interlocked.Exchange(ref isUsed, 0) == 1;
}
