import '@tensorflow/tfjs-backend-cpu';
import { fillNormal, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { beforeAll, expect, test } from 'vitest';
import { tfTrain } from '../index';
import { followed, followedByStock } from '../testing/optimizer-runs';
import { bytesOf, tinyDiscriminator, tinyGenerator, tinyImages, tinyTrainer } from '../testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

const stock: readonly (readonly [string, () => tf.Optimizer])[] = [
  ['sgd', () => tf.train.sgd(0.1)],
  ['momentum', () => tf.train.momentum(0.1, 0.9)],
  ['rmsprop', () => tf.train.rmsprop(0.1)],
  ['centred rmsprop', () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-7, true)],
  ['adam', () => tf.train.adam(0.1)],
  ['adamax', () => tf.train.adamax(0.1, 0.9, 0.999, 1e-7, 0.01)],
  ['adagrad', () => tf.train.adagrad(0.1)],
  ['adadelta', () => tf.train.adadelta(0.1)],
];

/** What descends by the sign of a moving average, with a counter that it does not name among its settings. */
class SignDescent extends tf.Optimizer {
  static readonly className: string = 'SignDescent';
  seen = 0;
  averages: { originalName: string; variable: tf.Variable }[] = [];

  applyGradients(gradients: tf.NamedTensorMap | { name: string; tensor: tf.Tensor }[]): void {
    this.seen++;
    if (!Array.isArray(gradients)) throw new Error('asked for by position');
    for (const [i, { name, tensor }] of gradients.entries()) {
      const weight = tf.engine().registeredVariables[name];
      if (weight === undefined) throw new Error(`no variable ${name}`);
      this.averages[i] ??= { originalName: `${name}/average`, variable: tf.variable(tf.zerosLike(weight)) };
      const { variable } = this.averages[i];
      if (tensor === undefined) continue;
      variable.assign(tf.add(tf.mul(variable, 0.5), tensor));
      weight.assign(tf.sub(weight, tf.mul(tf.sign(variable), 0.01 / this.seen)));
    }
  }

  override dispose(): void {
    tf.dispose(this.averages.map(({ variable }) => variable));
  }

  getConfig(): tf.serialization.ConfigDict {
    return { learningRate: 0.01, decay: 0.5, groups: [1, 2] };
  }
}

const every = [...stock, ['one’s own', () => new SignDescent()] as const];

test.each(every)('%s updates weights as it does by itself, and leaves no tensor', async (_, make) => {
  const before = tf.memory().numTensors;
  const optimizer = tfTrain(make);
  expect(tf.memory().numTensors).toBe(before);
  const ours = await followed(optimizer);
  expect(tf.memory().numTensors).toBe(before);
  expect(ours).toEqual(await followedByStock(make()));
});

const gradients = Array.from({ length: 12 }, (_, i) => fillNormal(seededStream(i, 'x'), new Float32Array(2)));

/** Two weights, a and b, of which some are given at each update. */
function pair() {
  const [a, b] = [tf.variable(tf.zeros([2])), tf.variable(tf.ones([2]))];
  const updates = (roles: string, i: number) =>
    [
      { role: 'a', variable: a, gradient: tf.tensor1d(gradients[i] ?? []) },
      { role: 'b', variable: b, gradient: tf.tensor1d(gradients[11 - i] ?? []) },
    ].filter(({ role }) => roles.includes(role));
  return { a, b, updates };
}

/** What an optimizer does to one weight by itself. */
async function alone(make: () => tf.Optimizer, variable: tf.Variable, given: readonly Float32Array[]) {
  const optimizer = make();
  for (const gradient of given) {
    optimizer.applyGradients([{ name: variable.name, tensor: tf.tensor1d(gradient) }]);
  }
  return variable.data();
}

test.each(stock.filter(([name]) => !name.startsWith('adam')))(
  '%s keeps a weight’s state to it when others are frozen, thawed, late, or in another order',
  async (_, make) => {
    const { a, b, updates } = pair();
    const state = tfTrain(make).create();
    const given = ['b', 'b', 'ab', 'ab', 'a', 'a', 'ab', 'b', 'ab'];
    for (const [i, roles] of given.entries()) {
      state.apply(i % 2 === 0 ? updates(roles, i) : updates(roles, i).reverse());
    }
    const own = pair();
    const seen = (role: string) => given.flatMap((roles, i) => (roles.includes(role) ? [i] : []));
    const ofA = seen('a').map((i) => gradients[i] ?? new Float32Array(2));
    const ofB = seen('b').map((i) => gradients[11 - i] ?? new Float32Array(2));
    expect(await a.data()).toEqual(await alone(make, own.a, ofA));
    expect(await b.data()).toEqual(await alone(make, own.b, ofB));
  },
);

test.each(every)('%s is prepared, restored by role, and forgets, without counting', async (_, make) => {
  const first = pair();
  const state = tfTrain(make).create();
  for (let i = 0; i < 5; i++) state.apply(first.updates('ba', i));
  const values = async (slots: typeof state.slots) => {
    const entries = [...slots].flatMap(([slot, byRole]) =>
      [...byRole].map(async ([role, variable]) => ({
        name: `${slot}/${role}`,
        value: [...(await variable.data())],
      })),
    );
    const sorted = (await Promise.all(entries)).sort((p, q) => (p.name < q.name ? -1 : 1));
    return new Map(sorted.map(({ name, value }) => [name, value]));
  };
  const saved = await values(state.slots);
  const second = pair();
  const other = tfTrain(make).create();
  const unused = { ...other.numbers };
  other.prepare(second.updates('b', 0));
  const prepared = await values(other.slots);
  other.prepare(second.updates('ab', 0));
  expect(other.numbers).toEqual(unused);
  for (const [name, value] of prepared) expect((await values(other.slots)).get(name)).toEqual(value);
  expect([...(await values(other.slots)).keys()]).toEqual([...saved.keys()]);
  expect(state.numbers).not.toEqual(unused);

  for (const [slot, byRole] of state.slots) {
    for (const [role, variable] of byRole) other.slots.get(slot)?.get(role)?.assign(variable);
  }
  other.numbers = { ...state.numbers, applyGradients: 1 };
  second.a.assign(first.a);
  second.b.assign(first.b);
  for (let i = 5; i < 9; i++) {
    state.apply(first.updates('ab', i));
    other.apply(second.updates('ab', i));
  }
  expect(await second.a.data()).toEqual(await first.a.data());
  expect(await second.b.data()).toEqual(await first.b.data());

  other.forget(['a', 'unknown']);
  expect([...(await values(other.slots)).keys()].some((name) => name.endsWith('/a'))).toBe(false);
  other.prepare(second.updates('ab', 0));
  for (const [name, value] of prepared) {
    if (name.endsWith('/b')) expect((await values(other.slots)).get(name.replace(/b$/, 'a'))).toEqual(value);
  }
});

test('its settings, but for the learning rate, are in the configuration', () => {
  expect(tfTrain(() => tf.train.adam(0.1))).toMatchObject({
    kind: 'tfTrain(Adam)',
    configuration: { beta1: 0.9, beta2: 0.999, epsilon: expect.closeTo(1e-7, 12) },
  });
  expect(tfTrain(() => new SignDescent()).configuration).toEqual({ decay: 0.5, groups: '[1,2]' });
});

test('a checkpoint holds its state by role, also of layers frozen and thawed in between', async () => {
  const trained = (rate: number, generator = tinyGenerator()) =>
    tinyTrainer({
      generator,
      discriminator: tinyDiscriminator(),
      optimizers: {
        generator: tfTrain(() => tf.train.adam(rate, 0.5, 0.99)),
        discriminator: tfTrain(() => tf.train.adagrad(0.05)),
      },
    });
  const generator = tinyGenerator();
  const stem = generator.getLayer('stem');
  stem.trainable = false;
  const trainer = trained(1e-3, generator);
  for (const trainable of [false, true, true]) {
    stem.trainable = trainable;
    await trainer.step(tinyImages(4));
  }
  const bytes = await trainer.checkpoint();
  const names = new TextDecoder('latin1').decode(bytes);
  expect(names).toContain('"optimizer/generator/accumulatedFirstMoment/stem/kernel"');
  expect(names).toContain('"optimizer/generator/accBeta2/all"');
  expect(names).toContain('"optimizer/discriminator/accumulatedGrads/logit/bias"');
  const other = trained(1e-3);
  await other.restore(bytes);
  expect(await other.checkpoint()).toEqual(bytes);
  for (const one of [trainer, other]) await one.step(tinyImages(4, 1));
  expect(await bytesOf(other.generator)).toEqual(await bytesOf(trainer.generator));
  await trained(2e-3).restore(bytes);
  other.dispose();
  other.dispose();
});

test('what is no tf.Optimizer, or not a new one, is refused', () => {
  const before = tf.memory().numTensors;
  const one = tf.train.sgd(1);
  expect(() => tfTrain(JSON.parse('{}'))).toThrow(
    'tfTrain: must be given a function, e.g. () => tf.train.adam(1e-4)',
  );
  expect(() => tfTrain(() => JSON.parse('null'))).toThrow('tfTrain: must make a tf.Optimizer, got null');
  expect(() => tfTrain(() => one).create()).toThrow('tfTrain: must make a new one at each call');
  expect(tf.memory().numTensors).toBe(before);
});

test('an optimizer whose state is not to be found is refused with what is wrong', () => {
  const refused = (make: () => tf.Optimizer, problem: string) =>
    expect(() => tfTrain(make)).toThrow(`tfTrain: the whole state must be found, got tfTrain(${problem}`);
  class Hidden extends SignDescent {
    static override readonly className = 'Hidden';
    readonly #hidden = new Map<string, tf.Tensor>();
    override applyGradients(gradients: Parameters<SignDescent['applyGradients']>[0]): void {
      super.applyGradients(gradients);
      this.#hidden.set('norm', tf.keep(tf.scalar(1)));
    }
  }
  refused(() => new Hidden(), 'Hidden) with 2 tensors elsewhere. Keep it in arrays');
  class Late extends SignDescent {
    static override readonly className = 'Late';
    override applyGradients(gradients: { name: string; tensor: tf.Tensor }[]): void {
      if (gradients.every(({ tensor }) => tensor !== undefined)) super.applyGradients(gradients);
    }
  }
  refused(() => new Late(), 'Late) with averages made only once there is a gradient');
  class Replaced extends SignDescent {
    static override readonly className = 'Replaced';
    norm = tf.scalar(0);
    override applyGradients(gradients: Parameters<SignDescent['applyGradients']>[0]): void {
      super.applyGradients(gradients);
      this.norm.dispose();
      this.norm = tf.keep(tf.scalar(1));
    }
  }
  refused(() => new Replaced(), 'Replaced) with another tensor in norm after each update');
});
