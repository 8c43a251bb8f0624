/** Steps per second, over the last few seconds; time without steps before `restart` does not count. */
export interface Pace {
  step(): number | undefined;
  restart(): void;
}

export function createPace(seconds = 5): Pace {
  let times: number[] = [];
  return {
    step() {
      const now = performance.now();
      times.push(now);
      while (times.length > 2 && now - (times[0] ?? now) > 1000 * seconds) times.shift();
      const [first = now] = times;
      return now > first ? (1000 * (times.length - 1)) / (now - first) : undefined;
    },
    restart() {
      times = [];
    },
  };
}
