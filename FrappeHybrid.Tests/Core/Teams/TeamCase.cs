using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Teams;

/// <summary>What tests of teams ask again and again.</summary>
internal static class TeamCase
{
    public static void Refused(string code, Result result) => Assert.Equal(code, result.Error?.Code);

    public static void Done(Result result) => Assert.True(result.IsDone, result.Error?.Message);

    public static async Task<ActivityEntry> LastAsync(this TestCore core)
    {
        await using var db = await core.DbAsync();
        return await db.Activity.AsNoTracking().OrderByDescending(entry => entry.Number).FirstAsync(TestCore.Cancel);
    }

    public static async Task<TeamRole?> RoleAsync(this TestCore core, Actor user)
    {
        await using var db = await core.DbAsync();
        return await db.TeamMembers.Where(member => member.TeamId == core.Team.Id && member.UserId == user.UserId).Select(member => (TeamRole?)member.Role).SingleOrDefaultAsync(TestCore.Cancel);
    }
}
