using FrappeHybrid.Core.Contracts;

namespace FrappeHybrid.Core.Servers.Preflight;

/// <summary>Whose machine it is besides ours.</summary>
internal static class UserChecks
{
    public static Judgement UserId(PreflightFacts facts)
    {
        var user = facts.Text("uid_1000");
        var group = facts.Text("gid_1000");
        if (IsOther(user) || IsOther(group))
        {
            var owner = IsOther(user) ? user : group;
            return Judgement.Fail(
                IsOther(user) ? $"Taken by the user {user}" : $"Taken by the group {group}",
                $"Bench images use the ids 1000:1000, so they must belong to {ServerLayout.User}. If nobody needs {owner} (cloud images bring such a user along), remove it as root: deluser --remove-home {owner}; delgroup {owner}. "
                + $"Otherwise move it away, while it is not logged in: usermod -u 2000 {owner}; groupmod -g 2000 {owner}; chown -R 2000:2000 /home/{owner}. If you sign in as {owner} here, sign in as root instead first.");
        }

        if (facts.Text("frappe_user") is { Length: > 0 } id && id is not "1000" || facts.Text("frappe_group") is { Length: > 0 } groupId && groupId is not "1000")
            return Judgement.Fail(
                $"There is a {ServerLayout.User}, but not with the ids 1000:1000",
                $"Give it those ids, while nothing of it runs: usermod -u 1000 {ServerLayout.User}; groupmod -g 1000 {ServerLayout.User}; chown -R 1000:1000 /home/{ServerLayout.User}");
        return Judgement.Pass(user.Length == 0 ? "Free" : $"Belong to {ServerLayout.User}");
    }

    public static Judgement OtherUsers(PreflightFacts facts)
    {
        var users = facts.All("login_user");
        return users.Count == 0
            ? Judgement.Pass("None that can log in")
            : Judgement.Warn(
                $"{string.Join(", ", users)} can log in",
                "Whoever is root or in the group docker on this machine can read every site on it. Remove users that nobody needs (deluser <name>), and keep sudo and docker to those you trust.");
    }

    private static bool IsOther(string name) => name.Length > 0 && name is not ServerLayout.User;
}
