import { controls } from './styles/controls';
import { layout } from './styles/layout';
import { rows } from './styles/rows';
import { slider } from './styles/slider';
import { small } from './styles/small';
import { stage } from './styles/stage';
import { theme } from './styles/theme';

/** Later ones overrule earlier ones. */
export const styles = [theme, layout, controls, stage, rows, slider, small];
