namespace FrappeHybrid.Agent;

internal static class Program
{
    private static void Main()
    {
    }
}
