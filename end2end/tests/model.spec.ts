// A model answers the customers: it is connected and tested, its answers are read while they are written, and when its server
// goes in the middle of one, nothing is lost: the customer is served, the team is told, and it comes back by itself.

import type { Page } from '@playwright/test';
import { hydrated, visit } from '../support/hydrated';
import { Llama, LLAMA_NAME, whyNoLlama } from '../support/llama';
import { type Answer, SLOW_NAME, SlowModel } from '../support/slow_model';
import { expect, serve, test, type Workspace } from '../support/test';
import { EditHandoff } from '../pages/edit_handoff';
import { Inbox } from '../pages/inbox';
import { ModelSettings } from '../pages/model_settings';
import { Thread } from '../pages/thread';
import { Widget } from '../pages/widget';

type Open = (who: string, options?: object) => Promise<Page>;
/** A probe comes 10 s after the circuit opened, the next after 20 s more; the bar then asks within 20 s. */
const RECOVERED = { timeout: 60_000 };
/** What even a small model can answer. */
const COLOURS = ['Which colours does the kettle come in?', 'What colour does it have?', 'Which colours are there?', 'Is it red or white?'];
/** A busy machine reads 60 tokens a second. */
const PATIENCE = { timeout: 30_000 };

/** The owner's window, and the agent's settings with this server filled in. */
async function enter(open: Open, workspace: Workspace, baseUrl: string, model: string): Promise<ModelSettings> {
  const owner = await open('Maya', { storageState: workspace.owner });
  await visit(owner, workspace.at(`${workspace.agentPath}/settings`));
  const form = new ModelSettings(owner);
  await form.provider('OpenAI-compatible').check();
  await form.baseUrl.fill(baseUrl);
  await form.model.fill(model);
  await form.temperature.fill('0.7');
  await form.tokensMax.fill('128');
  await form.instructions.fill('You sell kettles. They come in red and in white.');
  return form;
}

async function customer(open: Open, workspace: Workspace, options: object = {}): Promise<Widget> {
  const widget = new Widget(await open('the customer', options));
  await widget.page.goto(workspace.at(workspace.testPath));
  await widget.open();
  return widget;
}

/** Opens the newest conversation that the AI has. */
async function openThread(page: Page, workspace: Workspace, about: string): Promise<Thread> {
  await visit(page, workspace.at('/conversations?view=ai'));
  await new Inbox(page).rows('AI').first().click();
  const thread = new Thread(page);
  await expect(thread.message(about).first()).toBeVisible();
  return thread;
}

test.describe('a real small model', () => {
  const why = whyNoLlama();
  test.skip(Boolean(why), why);
  const workspace = serve();
  let llama: Llama;
  test.beforeAll(async () => void (llama = await Llama.start()));
  test.afterAll(() => llama?.kill());

  /** Asks until the model answers: it is too small to be right each time, and reads slowly the first time. */
  async function answered(widget: Widget, thread: Thread, questions: string[]): Promise<string[]> {
    const told: string[] = [];
    for (const question of questions) {
      const others = widget.log.locator('.row:not([data-author="customer"]) .bubble');
      const before = await others.count();
      await widget.composer.fill(question);
      await widget.composer.press('Enter');
      await expect(others).toHaveCount(before + 1, PATIENCE);
      const answer = await others.last().innerText();
      await expect(thread.message(answer).last()).toBeVisible();
      const record = (await (await thread.why(answer)).textContent()) ?? '';
      if (record.includes(`openai ${LLAMA_NAME} in`)) return [answer, record];
      told.push(`${answer} (${record})`);
    }
    throw new Error(`the model answered none of these:\n${told.join('\n')}`);
  }

  test('it is connected, answers, is killed at work, and comes back', async ({ open }) => {
    test.setTimeout(300_000);
    const form = await enter(open, workspace, llama.baseUrl, LLAMA_NAME);
    const maya = form.page;
    const inbox = new Inbox(maya);

    await test.step('the test of the connection says what it can do', async () => {
      await form.test.click();
      await expect(form.found('Answers')).toContainText('Yes', PATIENCE);
      await expect(form.found('Streams')).toContainText('Yes');
      await expect(form.found('Tools')).toContainText('No');
      await expect(form.found('Structured output')).toContainText('Yes');
      await form.save();
    });

    const widget = await customer(open, workspace);
    await widget.ask('Hello there');
    const thread = await openThread(maya, workspace, 'Hello there');
    await test.step('it answers, and "Why?" says so', async () => {
      const [answer, record] = await answered(widget, thread, COLOURS);
      expect(answer).toMatch(/\w+/);
      expect(record).toMatch(/Tokens.*read, .*written/);
      await expect(inbox.outage).toHaveCount(0);
    });

    await test.step('it is killed while it works on an answer: the customer has one all the same, and the team is told', async () => {
      // Who looks at the conversation sees it there; the notification is for everybody else.
      await visit(maya, workspace.at('/agents'));
      const before = await widget.rows('ai').count();
      await widget.say('How do I clean a kettle?');
      await llama.isWorking();
      await llama.kill();
      await expect(widget.rows('ai')).toHaveCount(before + 1, PATIENCE);
      await widget.ask('And what does it cost?');
      await expect(widget.rows('ai')).toHaveCount(before + 2);
      await expect(inbox.toast(/^AI unavailable: Ada/)).toBeVisible();
      await expect(inbox.outage).toContainText('Customers are served by the built-in engine.');
    });

    await test.step('it is started again: the bar goes by itself, and the model answers', async () => {
      await llama.run();
      await expect(inbox.outage).toHaveCount(0, RECOVERED);
      await answered(widget, await openThread(maya, workspace, 'Hello there'), COLOURS);
    });
  });
});

test.describe('a model that knows tools and writes slowly', () => {
  const workspace = serve();
  let model: SlowModel;
  test.beforeAll(async () => void (model = await SlowModel.start()));
  test.afterAll(() => model?.kill());

  test('what it writes is read at once, ends with a takeover, survives its end', async ({ open }, testInfo) => {
    test.setTimeout(240_000);
    const form = await enter(open, workspace, model.baseUrl, SLOW_NAME);
    const maya = form.page;
    const inbox = new Inbox(maya);
    const shoot = async (page: Page, name: string) => void (await page.screenshot({ path: testInfo.outputPath(`${name}.png`) }));

    await test.step('it is connected, and Human Handoff enabled', async () => {
      await form.save();
      await expect(form.found('Tools')).toContainText('Yes', PATIENCE);
      await visit(maya, workspace.at(`${workspace.agentPath}/actions/human-handoff`));
      const edit = new EditHandoff(maya);
      await edit.enabled.check();
      await edit.whenToUse.fill('Hand off when the user asks for a person.');
      await edit.save();
    });

    /** Asks, and gives the answer to write. */
    async function ask(widget: Widget, question: string): Promise<Answer> {
      const asked = model.whenAsked(question);
      await widget.say(question);
      return asked;
    }

    const widget = await customer(open, workspace);
    await widget.ask('Good morning');
    const thread = await openThread(maya, workspace, 'Good morning');

    // A sentence is shown once the next one begins.
    await test.step('an answer grows on both sides while it is written, and then is one message', async () => {
      const first = await ask(widget, 'Tell me about your kettles');
      first.say('Our smallest kettle holds one litre. The');
      await expect(widget.writing).toHaveText('Our smallest kettle holds one litre.');
      await expect(thread.writing).toHaveText('Our smallest kettle holds one litre.');
      await expect(widget.typing).toBeVisible();
      first.say('largest one holds three, and takes six minutes to boil. Both');
      const both = 'Our smallest kettle holds one litre. The largest one holds three, and takes six minutes to boil.';
      await expect(widget.writing).toHaveText(both);
      await expect(thread.writing).toHaveText(both);
      await shoot(widget.page, 'widget-writing');
      await shoot(maya, 'inbox-writing');
      first.say('are made of steel.');
      first.end();
      await expect(widget.message(`${both} Both are made of steel.`, 'ai')).toHaveCount(1);
      await expect(thread.message(`${both} Both are made of steel.`)).toHaveCount(1);
      await expect(widget.writing).toHaveCount(0);
      await expect(thread.writing).toHaveCount(0);
      await expect(await thread.why(both)).toContainText(`openai ${SLOW_NAME}`);
    });

    await test.step('a takeover ends it: what was shown stands before the reply, nothing more comes', async () => {
      const answer = await ask(widget, 'And your teapots');
      answer.say('Teapots come in white and blue. They');
      await expect(widget.writing).toHaveText('Teapots come in white and blue.');
      await thread.takeOver.click();
      await expect(thread.message('Teapots come in white and blue.')).toHaveCount(1);
      answer.say('break rather easily. So take care.');
      await answer.isCut;
      await thread.reply('Maya here. Which teapot would you like?');
      await expect(widget.rows().nth(-1)).toHaveText('Maya here. Which teapot would you like?');
      await expect(widget.rows().nth(-2)).toHaveText('Teapots come in white and blue.');
      await expect(widget.message('Teapots come', 'ai')).toHaveCount(1);
      for (const side of [widget.log, thread.list]) await expect(side).not.toContainText('break rather easily');
    });

    const phone = await customer(open, workspace, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await phone.ask('Good evening');
    await openThread(maya, workspace, 'Good evening');
    await test.step('it is killed in the middle: the customer keeps what was shown, with an honest offer', async () => {
      const broken = await ask(phone, 'Do you sell cups');
      broken.say('Yes, we sell cups of every size. Some');
      await expect(phone.writing).toHaveText('Yes, we sell cups of every size.');
      await shoot(phone.page, 'phone-writing');
      const before = await phone.rows('ai').count(); // with what is being written
      await model.kill();
      await expect(phone.message(/^Yes, we sell cups of every size\.\s+I'm sorry, my answer broke off here\./, 'ai')).toHaveCount(1);
      await expect(phone.writing).toHaveCount(0);
      await expect(phone.rows('ai')).toHaveCount(before);
      await expect(thread.message('Yes, we sell cups')).toHaveCount(1);
      await expect(await thread.why('Yes, we sell cups')).toContainText('The answer ended early');
    });

    await test.step('the built-in engine serves on, and the team is told', async () => {
      const answer = await phone.ask('Are your plates made of porcelain');
      await expect(thread.message(answer).last()).toBeVisible();
      const record = await thread.why(answer);
      await expect(record).toContainText(`openai ${SLOW_NAME} did not answer`);
      await expect(record).toContainText('The built-in engine decided.');
      await expect(inbox.outage).toContainText('Customers are served by the built-in engine.');
      await shoot(maya, 'inbox-outage');
      // The bar stands above every page, also one that is loaded anew.
      await maya.reload();
      await hydrated(maya);
      await expect(inbox.outage).toBeVisible();
    });

    await test.step('it is back: the bar goes by itself, and the model answers', async () => {
      await model.run();
      await expect(inbox.outage).toHaveCount(0, RECOVERED);
      const answer = await ask(phone, 'And bowls');
      answer.say('Bowls come in sets of four.');
      answer.end();
      await expect(phone.message('Bowls come in sets of four.', 'ai')).toHaveCount(1);
      await expect(await thread.why('Bowls come in sets of four.')).toContainText(`Decided byopenai ${SLOW_NAME}`);
    });
  });
});
