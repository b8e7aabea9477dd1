using System.Text.Json;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Jobs;

namespace FrappeHybrid.Core.Provisioning.Upkeep;

/// <summary>What serves on a server: every bench's services and every site's answer. Looked at before something that interrupts them, and compared afterwards.</summary>
internal sealed class ServerShape(AgentClient agents, ProvisioningOptions options, TimeProvider time)
{
    private const string Fact = "shape";
    private const string Well = "well";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Remembers how it is now. An Agent that does not answer has nothing to be compared with.</summary>
    public async Task<Error?> RememberAsync(string task, PlayRecorder recorder, CancellationToken cancel)
    {
        await recorder.BeginAndSaveAsync(task, cancel);
        try
        {
            var shape = await ReadAsync(recorder, cancel);
            recorder.Remember(Fact, JsonSerializer.Serialize(shape, JsonSerializerOptions.Default));
            var ill = shape.Where(part => part.Value != Well).Select(part => $"{part.Key}: {part.Value}\n").ToList();
            if (ill.Count > 0)
                recorder.Say("Not well before, and not waited for afterwards:\n" + string.Concat(ill));
            return await recorder.DoneAsync($"{shape.Count(part => part.Value == Well)} services and sites are well.", cancel);
        }
        catch (AgentException exception)
        {
            recorder.Say(exception.Error.Message + "\n");
            return await recorder.DoneAsync("The Agent does not answer; afterwards only the machine is checked.", cancel);
        }
    }

    /// <summary>Waits until all that was well is well again; names what is not.</summary>
    public async Task<Error?> CompareAsync(string task, PlayRecorder recorder, CancellationToken cancel)
    {
        await recorder.BeginAndSaveAsync(task, cancel);
        if (!recorder.Play.Facts.TryGetValue(Fact, out var text))
            return await recorder.DoneAsync("There is nothing to compare with.", cancel);
        var before = JsonSerializer.Deserialize<Dictionary<string, string>>(text, JsonSerializerOptions.Default) ?? [];
        var deadline = time.GetUtcNow() + options.ReturnTimeout;
        for (var said = ""; ;)
        {
            string missing;
            try
            {
                var now = await ReadAsync(recorder, cancel);
                missing = string.Join(", ", before.Where(part => part.Value == Well && now.GetValueOrDefault(part.Key) != Well).Select(part => $"{part.Key} ({now.GetValueOrDefault(part.Key, "missing")})"));
                if (missing.Length == 0)
                    return await recorder.DoneAsync($"All {before.Count(part => part.Value == Well)} services and sites are as before.", cancel);
            }
            catch (AgentException exception)
            {
                missing = exception.Error.Message;
            }

            if (said != missing)
                recorder.Say($"Not yet: {said = missing}\n");
            await recorder.SaveAsync(cancel);
            if (time.GetUtcNow() >= deadline)
                return new Error("not-as-before", $"This did not come back: {missing}.", "Look at the bench's console for the reason. Press Retry to look again.");
            await Task.Delay(Pause, time, cancel);
        }
    }

    private async Task<Dictionary<string, string>> ReadAsync(PlayRecorder recorder, CancellationToken cancel)
    {
        var shape = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var bench in await agents.BenchesAsync(recorder.Server, cancel))
        {
            foreach (var service in bench.Services)
                shape[$"{bench.Name} {service.Service.Name()}"] = service.State == "running" ? Well : service.State;
            foreach (var site in await agents.SitesAsync(recorder.Server, bench.Name, cancel))
                shape[site.Name.Value] = site.Status == 200 ? Well : $"answers {site.Status}";
        }

        return shape;
    }
}
