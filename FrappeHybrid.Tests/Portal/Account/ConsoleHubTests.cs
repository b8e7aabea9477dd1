using System.Security.Claims;
using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Consoles;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Account;
using FrappeHybrid.Portal.Consoles;
using FrappeHybrid.Tests.Core.Accounts;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Account;

public sealed class ConsoleHubTests
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_live_console_ends_once_its_session_has_ended()
    {
        var time = new FakeTime();
        await using var core = await AccountCore.StartAsync(time);
        var user = await core.AddAccountAsync();
        await using (var db = await core.DbAsync())
        {
            db.TeamMembers.Add(new TeamMember { TeamId = core.Team.Id, UserId = user.Id, Role = TeamRole.Owner });
            await db.SaveChangesAsync(Cancel);
        }

        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        var session = (await core.Get<PortalSessions>().FindAsync(await core.AddSessionAsync(user.Id), Cancel))!.Id;
        using var hub = new ConsoleHub(new Actors(core.Get<ActorQueries>()), core.Get<ConsoleStreams>(), core.Get<ConsoleReader>(), core.Get<ConsoleAccess>(), core.Get<PortalSessions>(), time) { Context = new Caller(user.Id, session) };
        await using var messages = hub.Watch(bench.ServerId, "service:main:backend", null, Cancel).GetAsyncEnumerator(Cancel);

        core.Agent.Write(new LogLine(time.GetUtcNow(), "seen", false));
        Assert.Null((await UntilAsync(time, messages, message => message.Lines is not null || message.Problem is not null)).Problem);
        time.Advance(RevalidatingAuthenticationState.Interval);
        core.Agent.Write(new LogLine(time.GetUtcNow(), "seen too", false));
        Assert.Null((await UntilAsync(time, messages, message => message.Lines is not null || message.Problem is not null)).Problem);

        await core.Get<PortalSessions>().EndAsync(user.Id, session, null, Cancel);
        time.Advance(RevalidatingAuthenticationState.Interval);
        core.Agent.Write(new LogLine(time.GetUtcNow(), "not for him", false));
        var last = await UntilAsync(time, messages, message => message.Lines is not null || message.Problem is not null);
        Assert.Equal("You are signed out. Sign in again to watch.", last.Problem);
        Assert.False(await messages.MoveNextAsync());
    }

    // Batches go out by the clock, which stands still unless somebody moves it.
    private static async Task<ConsoleMessage> UntilAsync(FakeTime time, IAsyncEnumerator<ConsoleMessage> messages, Func<ConsoleMessage, bool> isIt)
    {
        do
        {
            var next = messages.MoveNextAsync().AsTask();
            while (!next.IsCompleted)
            {
                time.Advance(TimeSpan.FromMilliseconds(20));
                await Task.WhenAny(next, Task.Delay(20, Cancel));
            }

            Assert.True(await next);
        }
        while (!isIt(messages.Current));
        return messages.Current;
    }

    private sealed class Caller(Guid user, Guid session) : HubCallerContext
    {
        public override string ConnectionId => "connection";

        public override string? UserIdentifier => null;

        public override ClaimsPrincipal User { get; } = new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.ToString()), new Claim(SessionTickets.SessionClaim, session.ToString())], "test"));

        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override CancellationToken ConnectionAborted => CancellationToken.None;

        public override void Abort()
        {
        }
    }
}
