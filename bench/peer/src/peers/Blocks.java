package peers;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs as many calls of the hand-written peer as each line of standard input says; answers their median in ns. */
final class Blocks {
    public static void main(String[] a) throws Exception {
        Bench.Call call = Plain.open(Path.of(a[0]), "yolox_nano", Path.of(a[1]), false);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            long[] times = new long[Integer.parseInt(line)];
            for (int i = 0; i < times.length; i++) {
                long start = System.nanoTime();
                call.run();
                times[i] = System.nanoTime() - start;
            }
            Arrays.sort(times);
            System.out.println(times[times.length / 2]);
        }
    }

    private Blocks() {}
}
