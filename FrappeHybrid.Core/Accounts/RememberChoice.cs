using System.Text.RegularExpressions;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Accounts;

/// <summary>Remembers how one person wants the portal to look. It is a view of one's own and no right depends on it, so that it is not in the record.</summary>
public sealed partial class RememberChoice(IDbContextFactory<PortalDb> databases)
{
    private const int MostLetters = 2000;

    /// <summary>Done, or why not.</summary>
    /// <param name="name">"columns.sites", "consoles".</param>
    /// <param name="value">Null forgets it.</param>
    public async Task<Result> RunAsync(Actor actor, string name, string? value, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!Name().IsMatch(name) || value?.Length > MostLetters)
            return Error.NotFound;
        if (actor.RefuseProgram() is { } program)
            return program;
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await db.Users.AnyAsync(user => user.Id == actor.UserId, cancel))
            return Error.NotFound;
        var stored = await db.UserTokens.SingleOrDefaultAsync(choice => choice.UserId == actor.UserId && choice.LoginProvider == PersonalChoices.Drawer && choice.Name == name, cancel);
        if (value is null && stored is not null)
            db.UserTokens.Remove(stored);
        else if (stored is not null)
            stored.Value = value;
        else if (value is not null)
            db.UserTokens.Add(new IdentityUserToken<Guid> { UserId = actor.UserId, LoginProvider = PersonalChoices.Drawer, Name = name, Value = value });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || exception.IsUniqueViolation())
        {
            // Chosen in two windows at once: the other one counts.
        }

        return Result.Done;
    }

    [GeneratedRegex("^(?:columns\\.[a-z-]{1,40}|consoles)$", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
