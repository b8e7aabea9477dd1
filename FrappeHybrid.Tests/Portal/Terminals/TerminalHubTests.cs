using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text;
using System.Threading.Channels;
using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Terminals;
using FrappeHybrid.Portal.Account;
using FrappeHybrid.Portal.Terminals;
using FrappeHybrid.Tests.Core.Accounts;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Terminals;

/// <summary>The way between a browser and a shell: order, acknowledgements, and the end of those who may not any more.</summary>
public sealed class TerminalHubTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private readonly Channel<TerminalInput> input = Channel.CreateUnbounded<TerminalInput>();
    private TestCore core = null!;
    private FakeTerminal shell = null!;
    private Guid user;
    private Guid session;
    private Guid terminal;

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        core = await AccountCore.StartAsync(time);
        user = (await core.AddAccountAsync()).Id;
        await using (var db = await core.DbAsync())
        {
            db.TeamMembers.Add(new TeamMember { TeamId = core.Team.Id, UserId = user, Role = TeamRole.Developer });
            await db.SaveChangesAsync(Cancel);
        }

        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        session = (await core.Get<PortalSessions>().FindAsync(await core.AddSessionAsync(user), Cancel))!.Id;
        var opened = await core.Get<OpenTerminal>().RunAsync(await core.ActorAsync(user), bench.Id, BenchService.Backend, null, Cancel);
        Assert.True(opened.IsDone, opened.Error?.Message);
        (terminal, shell) = (opened.Value, await core.Agent.Terminals.Reader.ReadAsync(Cancel));
    }

    public ValueTask DisposeAsync() => core.DisposeAsync();

    [Fact]
    public async Task Keys_sizes_and_output_keep_their_order()
    {
        using var hub = Hub();
        await using var messages = hub.Attach(terminal, 100, 30, Input(Cancel), Cancel).GetAsyncEnumerator(Cancel);
        var first = messages.MoveNextAsync().AsTask();
        Assert.Equal(new TerminalSize(100, 30), await shell.Sizes.Reader.ReadAsync(Cancel));
        for (var key = 0; key < 500; key++)
            input.Writer.TryWrite(new TerminalInput(Text: $"{key} "));
        input.Writer.TryWrite(new TerminalInput(Columns: 5000, Rows: 0));
        var typed = new StringBuilder();
        while (!typed.ToString().EndsWith("499 ", StringComparison.Ordinal))
            typed.Append(await shell.Typed.Reader.ReadAsync(Cancel));
        Assert.Equal(string.Concat(Enumerable.Range(0, 500).Select(key => $"{key} ")), typed.ToString());
        Assert.Equal(new TerminalSize(TerminalSize.MostColumns, 1), await shell.Sizes.Reader.ReadAsync(Cancel));

        await shell.PrintAsync("hello");
        Assert.True(await first);
        Assert.Equal("hello", Encoding.UTF8.GetString(messages.Current.Bytes!));
        input.Writer.TryWrite(new TerminalInput(End: true));
        Assert.Equal("Ended by its person", await EndAsync(messages));
        Assert.False(await messages.MoveNextAsync());
        await shell.Closed.WaitAsync(TimeSpan.FromMinutes(2), Cancel);
    }

    [Fact]
    public async Task A_terminal_ends_once_its_session_has_ended_though_nothing_is_printed()
    {
        using var hub = Hub();
        await using var messages = hub.Attach(terminal, 80, 24, Input(Cancel), Cancel).GetAsyncEnumerator(Cancel);
        await PrintedAsync(messages);
        await PassAsync(RevalidatingAuthenticationState.Interval * 2);
        Assert.Null((await RowAsync()).EndedAt);

        await core.Get<PortalSessions>().EndAsync(user, session, null, Cancel);
        Assert.Equal("Ended because its person signed out or lost the right to it", await EndAsync(messages));
        Assert.Equal(TerminalEnd.NotAllowed, (await RowAsync()).End);
        await shell.Closed.WaitAsync(TimeSpan.FromMinutes(2), Cancel);
    }

    [Fact]
    public async Task A_terminal_ends_once_its_person_was_removed_from_the_team()
    {
        using var hub = Hub();
        await using var messages = hub.Attach(terminal, 80, 24, Input(Cancel), Cancel).GetAsyncEnumerator(Cancel);
        await PrintedAsync(messages);
        await using (var db = await core.DbAsync())
            await db.TeamMembers.Where(member => member.UserId == user && member.TeamId == core.Team.Id).ExecuteDeleteAsync(Cancel);
        Assert.Equal("Ended because its person signed out or lost the right to it", await EndAsync(messages));
        await shell.Closed.WaitAsync(TimeSpan.FromMinutes(2), Cancel);
    }

    [Fact]
    public async Task Nobody_who_types_is_told_before_it_ends()
    {
        using var hub = Hub();
        await using var messages = hub.Attach(terminal, 80, 24, Input(Cancel), Cancel).GetAsyncEnumerator(Cancel);
        await PrintedAsync(messages);
        var told = await UntilAsync(messages, message => message.Warning is { Length: > 0 } || message.End is not null);
        Assert.Contains("press a key", told.Warning, StringComparison.Ordinal);
        Assert.Equal("Ended because nobody typed", await EndAsync(messages));
    }

    [Fact]
    public async Task Who_types_is_there_and_the_session_knows()
    {
        using var hub = Hub();
        await using var messages = hub.Attach(terminal, 80, 24, Input(Cancel), Cancel).GetAsyncEnumerator(Cancel);
        await PrintedAsync(messages);
        await PassAsync(PortalSessions.SeenEvery);
        var before = (await core.Get<PortalSessions>().ListAsync(user, Cancel))[0].LastSeenAt;
        input.Writer.TryWrite(new TerminalInput(Text: "x"));
        Assert.Equal("x", await shell.Typed.Reader.ReadAsync(Cancel));
        while ((await core.Get<PortalSessions>().ListAsync(user, Cancel))[0].LastSeenAt == before)
            await PassAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Nobody_else_and_nothing_that_is_over_can_be_joined()
    {
        using var hub = Hub();
        await using (var messages = hub.Attach(Guid.CreateVersion7(), 80, 24, Input(Cancel), Cancel).GetAsyncEnumerator(Cancel))
        {
            Assert.True(await messages.MoveNextAsync());
            Assert.Equal("This terminal is over.", messages.Current.End);
        }

        using var stranger = Hub(await StrangerAsync());
        await using (var messages = stranger.Attach(terminal, 80, 24, Input(Cancel), Cancel).GetAsyncEnumerator(Cancel))
        {
            Assert.True(await messages.MoveNextAsync());
            Assert.Equal("This terminal is over.", messages.Current.End);
            Assert.False(await messages.MoveNextAsync());
        }
    }

    private async Task<Guid> StrangerAsync() => (await core.AddUserAsync("stranger@example.com", role: TeamRole.Owner)).UserId;

    private TerminalHub Hub(Guid? who = null) =>
        new(new Actors(core.Get<ActorQueries>()), core.Get<TerminalSessions>(), core.Get<PortalSessions>(), time, NullLogger<TerminalHub>.Instance) { Context = new Caller(who ?? user, session) };

    private async IAsyncEnumerable<TerminalInput> Input([EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var item in input.Reader.ReadAllAsync(cancel))
            yield return item;
    }

    private async Task<Terminal> RowAsync()
    {
        await using var db = await core.DbAsync();
        return await db.Terminals.AsNoTracking().SingleAsync(each => each.Id == terminal, Cancel);
    }

    private async Task PrintedAsync(IAsyncEnumerator<TerminalMessage> messages)
    {
        await shell.PrintAsync("$ ");
        Assert.True(await messages.MoveNextAsync());
        Assert.NotNull(messages.Current.Bytes);
    }

    private async Task PassAsync(TimeSpan passed)
    {
        for (var gone = TimeSpan.Zero; gone < passed; gone += TimeSpan.FromSeconds(1))
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Cancel);
        }
    }

    private async Task<string?> EndAsync(IAsyncEnumerator<TerminalMessage> messages) => (await UntilAsync(messages, message => message.End is not null)).End;

    private async Task<TerminalMessage> UntilAsync(IAsyncEnumerator<TerminalMessage> messages, Func<TerminalMessage, bool> isIt)
    {
        do
        {
            var next = messages.MoveNextAsync().AsTask();
            while (!next.IsCompleted)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                await Task.WhenAny(next, Task.Delay(2, Cancel));
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
