using FrappeHybrid.Core;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Invitations;
using FrappeHybrid.Core.Mail;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Core.Teams;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Invitations;

/// <summary>The life of an invitation: sent, sent again, withdrawn, accepted once, too old, its inviter gone.</summary>
public sealed class InvitationTests : IAsyncLifetime
{
    private const string Password = "Correct-horse-7";
    private readonly FakeTime time = new();
    private TestCore core = null!;
    private Actor owner = null!;
    private Actor admin = null!;

    public async ValueTask InitializeAsync()
    {
        core = await TestCore.StartAsync(time);
        owner = await core.AddUserAsync("owner@example.com", role: TeamRole.Owner);
        admin = await core.AddUserAsync("admin@example.com", role: TeamRole.Admin);
    }

    public ValueTask DisposeAsync() => core.DisposeAsync();

    [Fact]
    public async Task Somebody_with_an_account_accepts_once()
    {
        var invited = await core.AddUserAsync("Invited@example.com");
        var token = Token(await InviteAsync(admin, "invited@Example.com", TeamRole.Developer));

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => core.Get<AcceptInvitation>().RunAsync(invited, token, TestCore.Cancel)));

        Assert.Equal(core.Team.Id, Assert.Single(results, result => result.IsDone).Value);
        Assert.Equal(TeamRole.Developer, await core.RoleAsync(invited));
        var entry = await core.LastAsync();
        Assert.Equal(("accept-invitation", "Developer of the whole team", invited.UserId), (entry.Act, entry.After, entry.UserId));
    }

    [Fact]
    public async Task Somebody_without_an_account_makes_it_once_with_the_limits_of_the_invitation()
    {
        var site = await core.AddSiteAsync(await core.AddBenchAsync(await core.AddServerAsync()));
        var sent = await core.Get<InviteMember>().RunAsync(admin, core.Team.Id, "new@example.com", TeamRole.Viewer, [site.Id], TestCore.Cancel);
        var token = Token(sent);
        Assert.Equal("account-refused", (await core.Get<JoinByInvitation>().RunAsync(token, "short", null, TestCore.Cancel)).Error?.Code);

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => core.Get<JoinByInvitation>().RunAsync(token, Password, "192.0.2.9", TestCore.Cancel)));

        var user = Assert.Single(results, result => result.IsDone).Value;
        var actor = await core.ActorAsync(user);
        Assert.Equal(site.Place, Assert.Single(actor.Grants).Place);
        await using var db = await core.DbAsync();
        Assert.True((await db.Users.SingleAsync(each => each.Id == user, TestCore.Cancel)).EmailConfirmed);
        Assert.Equal("192.0.2.9", (await core.LastAsync()).Address);
    }

    [Fact]
    public async Task Whoever_began_to_sign_up_with_the_address_does_not_get_in()
    {
        var squatter = await core.AddUserAsync("invited@example.com");
        await using (var db = await core.DbAsync())
            await db.Users.Where(user => user.Id == squatter.UserId).ExecuteUpdateAsync(user => user.SetProperty(row => row.EmailConfirmed, false).SetProperty(row => row.PasswordHash, "old"), TestCore.Cancel);
        var joined = await core.Get<JoinByInvitation>().RunAsync(Token(await InviteAsync(owner, "invited@example.com", TeamRole.Viewer)), Password, null, TestCore.Cancel);
        Assert.Equal(squatter.UserId, joined.Value);
        await using var after = await core.DbAsync();
        var user = await after.Users.SingleAsync(each => each.Id == squatter.UserId, TestCore.Cancel);
        Assert.True(user.EmailConfirmed);
        Assert.NotEqual("old", user.PasswordHash);
    }

    [Fact]
    public async Task Another_account_is_told_so_and_the_invitation_stays()
    {
        var other = await core.AddUserAsync("other@example.com");
        await core.AddUserAsync("invited@example.com");
        var token = Token(await InviteAsync(owner, "invited@example.com", TeamRole.Viewer));
        Assert.Equal("invitation-other-account", (await core.Get<AcceptInvitation>().RunAsync(other, token, TestCore.Cancel)).Error?.Code);
        Assert.Equal("account-exists", (await core.Get<JoinByInvitation>().RunAsync(token, Password, null, TestCore.Cancel)).Error?.Code);
        Assert.True((await core.Get<InvitationQueries>().OfferAsync(token, TestCore.Cancel))!.HasAccount);
    }

    [Fact]
    public async Task A_link_ends_after_seven_days_and_is_made_anew()
    {
        var sent = await InviteAsync(owner, "invited@example.com", TeamRole.Viewer);
        time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        Assert.NotNull(await core.Get<InvitationQueries>().OfferAsync(Token(sent), TestCore.Cancel));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await core.Get<InvitationQueries>().OfferAsync(Token(sent), TestCore.Cancel));
        Assert.Equal("not-found", (await core.Get<JoinByInvitation>().RunAsync(Token(sent), Password, null, TestCore.Cancel)).Error?.Code);
        Assert.True(Assert.Single(await core.Get<InvitationQueries>().ListAsync(owner, core.Team.Id, TestCore.Cancel)).IsExpired);

        var again = await core.Get<ResendInvitation>().RunAsync(admin, sent.Value.Id, TestCore.Cancel);
        Assert.NotNull(await core.Get<InvitationQueries>().OfferAsync(Token(again), TestCore.Cancel));
        time.Advance(TimeSpan.FromDays(8));
        Assert.True((await InviteAsync(owner, "invited@example.com", TeamRole.Viewer)).IsDone);
    }

    [Fact]
    public async Task Sent_again_the_old_link_dies_and_withdrawn_every_link_does()
    {
        var first = await InviteAsync(owner, "invited@example.com", TeamRole.Viewer);
        var second = await core.Get<ResendInvitation>().RunAsync(owner, first.Value.Id, TestCore.Cancel);
        Assert.Null(await core.Get<InvitationQueries>().OfferAsync(Token(first), TestCore.Cancel));
        Assert.NotNull(await core.Get<InvitationQueries>().OfferAsync(Token(second), TestCore.Cancel));
        TeamCase.Done(await core.Get<WithdrawInvitation>().RunAsync(admin, first.Value.Id, TestCore.Cancel));
        Assert.Equal("not-found", (await core.Get<JoinByInvitation>().RunAsync(Token(second), Password, null, TestCore.Cancel)).Error?.Code);
    }

    [Fact]
    public async Task Declined_it_is_gone()
    {
        var token = Token(await InviteAsync(owner, "invited@example.com", TeamRole.Viewer));
        TeamCase.Done(await core.Get<DeclineInvitation>().RunAsync(token, "192.0.2.9", TestCore.Cancel));
        Assert.Equal("invited@example.com", (await core.LastAsync()).UserName);
        Assert.Empty(await core.Get<InvitationQueries>().ListAsync(owner, core.Team.Id, TestCore.Cancel));
    }

    [Fact]
    public async Task It_dies_when_its_inviter_may_not_invite_any_more()
    {
        var first = await InviteAsync(admin, "first@example.com", TeamRole.Viewer);
        TeamCase.Done(await core.Get<ChangeMemberRole>().RunAsync(owner, core.Team.Id, admin.UserId, TeamRole.Developer, TestCore.Cancel));
        Assert.Null(await core.Get<InvitationQueries>().OfferAsync(Token(first), TestCore.Cancel));
        Assert.Contains("1 invitation ended", (await core.LastAsync()).Summary, StringComparison.Ordinal);

        // An operator who is one no more: the row is there, and worth nothing.
        var portalOperator = await core.AddUserAsync("operator@example.com", StaffRole.Operator);
        var second = await InviteAsync(portalOperator, "second@example.com", TeamRole.Viewer);
        await using (var db = await core.DbAsync())
            await db.Users.Where(user => user.Id == portalOperator.UserId).ExecuteUpdateAsync(user => user.SetProperty(row => row.Staff, StaffRole.None), TestCore.Cancel);
        Assert.Null(await core.Get<InvitationQueries>().OfferAsync(Token(second), TestCore.Cancel));
        Assert.False(Assert.Single(await core.Get<InvitationQueries>().ListAsync(owner, core.Team.Id, TestCore.Cancel)).IsBacked);
        Assert.NotNull(await core.Get<InvitationQueries>().OfferAsync(Token(await core.Get<ResendInvitation>().RunAsync(owner, second.Value.Id, TestCore.Cancel)), TestCore.Cancel));
    }

    [Fact]
    public async Task An_owners_invitation_of_an_owner_dies_when_the_team_is_given_away()
    {
        var sent = await InviteAsync(owner, "invited@example.com", TeamRole.Owner);
        var viewer = await InviteAsync(owner, "viewer@example.com", TeamRole.Viewer);
        TeamCase.Done(await core.Get<TransferOwnership>().RunAsync(owner, core.Team.Id, admin.UserId, "Customer", TestCore.Cancel));
        Assert.Null(await core.Get<InvitationQueries>().OfferAsync(Token(sent), TestCore.Cancel));
        Assert.NotNull(await core.Get<InvitationQueries>().OfferAsync(Token(viewer), TestCore.Cancel));
    }

    [Fact]
    public async Task What_is_refused_and_that_an_account_makes_no_difference()
    {
        await core.AddUserAsync("known@example.com");
        var known = await InviteAsync(admin, "known@example.com", TeamRole.Viewer);
        var unknown = await InviteAsync(admin, "unknown@example.com", TeamRole.Viewer);
        Assert.True(known.IsDone && unknown.IsDone);
        Assert.Equal("already-member", (await InviteAsync(admin, "OWNER@example.com", TeamRole.Viewer)).Error?.Code);
        Assert.Equal("already-invited", (await InviteAsync(admin, "Known@example.com", TeamRole.Admin)).Error?.Code);
        Assert.Equal("owners-only", (await InviteAsync(admin, "new@example.com", TeamRole.Owner)).Error?.Code);
        Assert.Equal("email-invalid", (await InviteAsync(admin, "new@example.com\r\nBcc: x@example.com", TeamRole.Viewer)).Error?.Code);
        var limitedAdmin = await core.Get<InviteMember>().RunAsync(owner, core.Team.Id, "new@example.com", TeamRole.Admin, [Guid.CreateVersion7()], TestCore.Cancel);
        Assert.Equal("role-not-limited", limitedAdmin.Error?.Code);
        Assert.Empty(await core.Get<InvitationQueries>().ListAsync(TestCore.ActorOf(core.Team.Id, TeamRole.Developer), core.Team.Id, TestCore.Cancel));
    }

    [Fact]
    public async Task A_team_does_not_send_letters_without_end()
    {
        for (var number = 0; number < 50; number++)
            Assert.True((await InviteAsync(admin, $"person{number}@example.com", TeamRole.Viewer)).IsDone);
        Assert.Equal("too-many-invitations", (await InviteAsync(admin, "more@example.com", TeamRole.Viewer)).Error?.Code);
        time.Advance(TimeSpan.FromHours(25));
        Assert.True((await InviteAsync(admin, "more@example.com", TeamRole.Viewer)).IsDone);
    }

    [Fact]
    public async Task The_token_is_in_the_letter_alone_and_there_encrypted()
    {
        core.Get<CoreOptions>().PublicUrl = "https://portal.example.com";
        core.Get<MailOptions>().Host = "mail.example.com";
        var sent = await InviteAsync(owner, "invited@example.com", TeamRole.Viewer);
        Assert.Null(sent.Value.Link);
        string token;
        await using (var db = await core.DbAsync())
        {
            var mail = await db.OutgoingMails.SingleAsync(TestCore.Cancel);
            var text = core.Get<SecretVault>().Open(MailOutbox.Purpose, mail.TextProtected);
            Assert.Contains("https://portal.example.com/account/invitation#", text, StringComparison.Ordinal);
            token = text[(text.IndexOf('#', StringComparison.Ordinal) + 1)..][..64];
        }

        Assert.NotNull(await core.Get<InvitationQueries>().OfferAsync(token, TestCore.Cancel));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(core.Folder, "portal.db*"))
            Assert.DoesNotContain(token, System.Text.Encoding.Latin1.GetString(await ReadAsync(file)), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(core.Logs.Lines, line => line.Contains(token, StringComparison.OrdinalIgnoreCase));
        Assert.True((await core.Get<JoinByInvitation>().RunAsync(token, Password, null, TestCore.Cancel)).IsDone);
        Assert.DoesNotContain(core.Logs.Lines, line => line.Contains(token, StringComparison.OrdinalIgnoreCase) || line.Contains(Password, StringComparison.Ordinal));
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, TestCore.Cancel);
        return bytes;
    }

    private static string Token(Result<InvitationReceipt> sent) => sent.Value.Link![(sent.Value.Link!.IndexOf('#', StringComparison.Ordinal) + 1)..];

    private Task<Result<InvitationReceipt>> InviteAsync(Actor actor, string email, TeamRole role) => core.Get<InviteMember>().RunAsync(actor, core.Team.Id, email, role, null, TestCore.Cancel);
}
