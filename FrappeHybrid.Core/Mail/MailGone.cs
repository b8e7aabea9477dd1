using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Mail;

/// <summary>The sender works beside the operator: a letter may have left between the look and the click.</summary>
internal static class MailGone
{
    public static readonly Error Error = new("mail-gone", "This letter is no longer in the outbox: it was sent or deleted meanwhile.");

    public static async Task<Result> SaveAsync(PortalDb db, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return Result.Done;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Error;
        }
    }
}
