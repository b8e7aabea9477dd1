using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Mail;

namespace FrappeHybrid.Core.Invitations;

/// <summary>The letter that carries an invitation's link. The token is in the fragment, which browsers never send: no log on the way holds it.</summary>
public sealed class InvitationLetters(MailOutbox outbox)
{
    /// <summary>The page that takes the link.</summary>
    public const string Path = "/account/invitation";

    /// <summary>Whether letters with links can be sent at all; without, the link is shown to who invites.</summary>
    public bool CanSend => outbox.IsConfigured;

    /// <summary>Adds the letter to what the caller is about to save; or says where the link leads, when there are no letters.</summary>
    internal InvitationReceipt Send(PortalDb db, TeamInvitation invitation, string teamName, string token)
    {
        var link = $"{Path}#{token}";
        if (!CanSend)
            return new InvitationReceipt(invitation.Id, link);
        outbox.Add(db, invitation.Email, $"Invitation to the team {teamName}", $"""
            {invitation.InvitedByName} invites you to the team "{teamName}", as {invitation.Role}. Open this link to accept or decline; it works once, for 7 days:

            {outbox.LinkTo(link).AbsoluteUri}

            If you do not know the team, do nothing: the link stops working by itself.
            """);
        return new InvitationReceipt(invitation.Id, null);
    }

    /// <summary>More than a team's owner ever needs, and too little for somebody who wants to send many letters in our name.</summary>
    internal static readonly Error TooMany = new("too-many-invitations", $"The team has sent {MostADay} invitations within a day.", "Send the next one tomorrow, or ask your operator.");

    /// <summary>How many letters with invitations one team sends within a day.</summary>
    internal const int MostADay = 50;
}
